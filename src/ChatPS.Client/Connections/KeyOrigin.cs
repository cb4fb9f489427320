namespace ChatPS.Client.Connections;

/// <summary>Where a key can be got again, which is what a profile keeps in its place. One of variable, secret, script and identity is given.</summary>
public sealed record KeyOrigin
{
    /// <summary>The environment variable.</summary>
    public string? Variable { get; init; }

    /// <summary>The name of the secret in a vault.</summary>
    public string? SecretName { get; init; }

    /// <summary>The vault; null for any that has the secret.</summary>
    public string? VaultName { get; init; }

    /// <summary>The text of a script that gives the key.</summary>
    public string? Script { get; init; }

    /// <summary>The identity of the machine, which is exchanged for a key.</summary>
    public IdentityOrigin? Identity { get; init; }

    /// <inheritdoc />
    public override string ToString() =>
        Identity?.ToString() ?? Variable ?? (Script is not null ? "Script" : VaultName is null ? $"Secret {SecretName}" : $"Secret {SecretName} in {VaultName}");
}
