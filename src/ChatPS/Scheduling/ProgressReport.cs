using System.Management.Automation;

namespace ChatPS.Scheduling;

/// <summary>How far a run is.</summary>
/// <param name="Id">Tells runs apart.</param>
/// <param name="Activity">What is going on.</param>
/// <param name="Status">How far it is, in words.</param>
/// <param name="Percent">How much is done; null if nobody knows.</param>
/// <param name="SecondsLeft">How long the rest will take; null if nobody knows.</param>
/// <param name="IsOver">Whether to take it off the screen.</param>
internal sealed record ProgressReport(int Id, string Activity, string Status, int? Percent = null, int? SecondsLeft = null, bool IsOver = false)
{
    public ProgressRecord ToRecord() => new(Id, Activity, Status)
    {
        PercentComplete = Percent ?? -1,
        SecondsRemaining = SecondsLeft ?? -1,
        RecordType = IsOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    };
}
