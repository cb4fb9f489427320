namespace ChatPS.Client.Connections;

/// <summary>A key that is good for some time.</summary>
/// <param name="Value">The key.</param>
/// <param name="ExpiresOn">When it ends to be good; null where that is not known.</param>
public sealed record IssuedKey(string Value, DateTimeOffset? ExpiresOn)
{
    /// <inheritdoc />
    public override string ToString() => "****";
}
