namespace ChatPS.Client.Connections;

/// <summary>How much of a large body is through.</summary>
/// <param name="Bytes">How many bytes.</param>
/// <param name="Total">Of how many; null where nobody knows.</param>
/// <param name="IsUpload">Whether they are sent.</param>
public sealed record CallTransfer(long Bytes, long? Total, bool IsUpload);
