namespace ChatPS.Completion;

/// <summary>Completes <c>-Status</c> of files in vector stores.</summary>
public sealed class StatusCompleter() : ValueCompleter("in_progress", "completed", "failed", "cancelled");

/// <summary>Completes <c>-MemoryLimit</c>.</summary>
public sealed class MemoryLimitCompleter() : ValueCompleter("1g", "4g", "16g", "64g");

/// <summary>Completes <c>-Ranker</c>.</summary>
public sealed class RankerCompleter() : ValueCompleter("auto", "none", "default-2024-11-15");
