namespace ChatPS.Scheduling;

/// <summary>What is to be done for one pipeline item. It runs on the thread pool from its first wait on.</summary>
/// <param name="output">Takes what is produced on the way.</param>
/// <param name="cancellationToken">Ends the work.</param>
/// <returns>The last object to write, if any.</returns>
internal delegate Task<object?> ItemWork(ItemOutput output, CancellationToken cancellationToken);
