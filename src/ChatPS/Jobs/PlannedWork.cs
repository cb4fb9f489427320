using ChatPS.Scheduling;

namespace ChatPS.Jobs;

/// <summary>The work for a pipeline item that a job will do.</summary>
/// <param name="Target">The item.</param>
/// <param name="Work">The work.</param>
/// <param name="Count">How many items it is for.</param>
/// <param name="Index">The item's place, from 0; null where it is the only one.</param>
internal sealed record PlannedWork(object? Target, ItemWork Work, int Count, int? Index);
