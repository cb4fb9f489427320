namespace ChatPS.Pipeline;

/// <summary>A pipeline item that may travel with others.</summary>
/// <typeparam name="T">What a request carries of it.</typeparam>
/// <param name="Content">What a request carries of it.</param>
/// <param name="Input">The pipeline item, for its error.</param>
/// <param name="IsStored">Whether an earlier run has its answer, so that no request need carry it.</param>
/// <param name="Index">Its place among the items, from 0.</param>
/// <param name="Weight">How much it takes of what a request can carry, for example in tokens.</param>
internal sealed record BatchItem<T>(T Content, object? Input, bool IsStored, int Index, long Weight = 0);
