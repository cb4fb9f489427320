using ChatPS.Client.Connections;

namespace ChatPS.Scheduling;

/// <summary>Says in words how much of large bodies is through.</summary>
internal static class MovingBytes
{
    private const double Megabyte = 1024 * 1024;

    /// <summary>Describes what is sent and what comes, of all items together.</summary>
    /// <param name="watches">What the items are at.</param>
    /// <returns>The words, which begin with a comma; empty where nothing large is on its way.</returns>
    public static string Describe(IEnumerable<CallWatch?> watches)
    {
        List<CallTransfer> transfers = [];
        foreach (CallWatch? watch in watches)
        {
            if (watch?.Transfer is { } transfer)
            {
                transfers.Add(transfer);
            }
        }

        return Describe(transfers.FindAll(transfer => transfer.IsUpload), "sent") + Describe(transfers.FindAll(transfer => !transfer.IsUpload), "received");
    }

    private static string Describe(List<CallTransfer> transfers, string what)
    {
        if (transfers.Count == 0)
        {
            return "";
        }

        double bytes = transfers.Sum(transfer => transfer.Bytes) / Megabyte;
        return transfers.TrueForAll(transfer => transfer.Total is not null)
            ? FormattableString.Invariant($", {bytes:0.0} of {transfers.Sum(transfer => transfer.Total)!.Value / Megabyte:0.0} MB {what}")
            : FormattableString.Invariant($", {bytes:0.0} MB {what}");
    }
}
