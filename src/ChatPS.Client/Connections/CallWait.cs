namespace ChatPS.Client.Connections;

/// <summary>A wait of a call.</summary>
/// <param name="Reason">What it waits for, in words.</param>
/// <param name="Until">When it ends at the earliest, in ticks of <see cref="System.Diagnostics.Stopwatch"/>.</param>
public sealed record CallWait(string Reason, long Until);
