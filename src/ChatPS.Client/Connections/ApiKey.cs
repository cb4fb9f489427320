using System.Net;
using System.Security;
using ChatPS.Client.Faults;
using ChatPS.Secrecy;

namespace ChatPS.Client.Connections;

/// <summary>A key to a service. It is shown nowhere; only the authentication handler and the redactor read it.</summary>
public sealed class ApiKey
{
    private readonly Func<string> _reveal;
    // What an exchange gives is renewed so long before its end, as the clients of the vendors do.
    private static readonly TimeSpan ExchangeMargin = TimeSpan.FromMinutes(20);

    private readonly RenewableKey? _renewable;

    private ApiKey(Func<string> reveal, KeyOrigin? origin, RenewableKey? renewable = null)
    {
        _reveal = reveal;
        _renewable = renewable;
        Origin = origin;
    }

    /// <summary>Where the key can be got again; null for one that was given as a value.</summary>
    public KeyOrigin? Origin { get; }

    /// <summary>Where the key comes from, in words.</summary>
    public string Source => Origin?.ToString() ?? "Parameter";

    /// <summary>Takes a key from a secure string, of which a copy is kept.</summary>
    /// <param name="value">The key.</param>
    /// <param name="origin">Where it was fetched from; null if it was given as it is.</param>
    /// <returns>The key, or null if the string is empty.</returns>
    /// <exception cref="ChatServiceException">The key cannot be sent in a header.</exception>
    public static ApiKey? FromSecureString(SecureString value, KeyOrigin? origin = null)
    {
        if (value.Length == 0)
        {
            return null;
        }

        SecureString copy = value.Copy();
        copy.MakeReadOnly();
        ApiKey key = new(() => new NetworkCredential("", copy).Password, origin);
        Check(key.Reveal(), origin is null ? "The key given to -ApiKey" : $"The key ({origin})");
        return key;
    }

    /// <summary>Keeps back a text that was given for something else and looks like a key; in any other, what looks like a secret is masked.</summary>
    /// <param name="text">The text, such as an address.</param>
    /// <returns>What may be shown; null in the place of what may be a key.</returns>
    public static string? Withhold(string? text) => text is null || KeyShapes.IsLikely(text) ? null : SecretText.Mask(text);

    /// <summary>Takes a key from an environment variable that a user named.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="origin">What the name was given to, for the error.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ChatServiceException">The variable is not set, or its key cannot be sent in a header.</exception>
    public static ApiKey RequireFromEnvironment(string variable, string origin) => FromEnvironment(variable) ?? throw (KeyShapes.IsLikely(variable)
        ? Failures.Invalid(
            $"{origin}: what was given names no environment variable. It is not repeated here, since it looks like a key.",
            "Give the name of the variable, such as OPENAI_API_KEY, and not its value; a key itself goes to -ApiKey.")
        : Failures.Invalid($"{origin}: the environment variable '{variable}' is not set.", $"Set {variable} to the key."));

    /// <summary>Takes a key from an environment variable.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <returns>The key, or null if the variable is not set.</returns>
    /// <exception cref="ChatServiceException">The key cannot be sent in a header.</exception>
    public static ApiKey? FromEnvironment(string variable)
    {
        string? value = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        Check(value!, $"The key in the environment variable {variable}");
        return new ApiKey(() => value!, new KeyOrigin { Variable = variable });
    }

    /// <summary>Takes a key that is asked for when it is first needed, again before it ends, and again when the service refuses it.</summary>
    /// <param name="script">The text of the script that gives it.</param>
    /// <param name="ask">Runs the script; called on a thread that may wait, one call at a time.</param>
    /// <returns>The key.</returns>
    public static ApiKey FromScript(string script, Func<CancellationToken, IssuedKey> ask) => FromScript(script, ask, TimeProvider.System);

    internal static ApiKey FromScript(string script, Func<CancellationToken, IssuedKey> ask, TimeProvider time)
    {
        RenewableKey renewable = new(
            cancellationToken =>
            {
                IssuedKey key = ask(cancellationToken);
                Check(key.Value, "The key that the script of -ApiKeyScript gave");
                return key;
            },
            time);
        return new ApiKey(renewable.Get, new KeyOrigin { Script = script }, renewable);
    }

    /// <summary>Takes a key that the identity of the machine is exchanged for, when it is first needed, again before it ends, and again when the service refuses it.</summary>
    /// <param name="identity">The identity.</param>
    /// <param name="exchange">Exchanges it; called on a thread that may wait, one call at a time.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The key.</returns>
    internal static ApiKey FromIdentity(IdentityOrigin identity, Func<CancellationToken, IssuedKey> exchange, TimeProvider time)
    {
        RenewableKey renewable = new(
            cancellationToken =>
            {
                IssuedKey key = exchange(cancellationToken);
                Check(key.Value, "The token that the service gave for -Identity");
                return key;
            },
            time,
            ExchangeMargin);
        return new ApiKey(renewable.Get, new KeyOrigin { Identity = identity }, renewable);
    }

    /// <inheritdoc />
    public override string ToString() => "****";

    /// <summary>Gets the values that must not be shown: all that the key has had.</summary>
    internal IEnumerable<string> Known => _renewable is null ? [_reveal()] : _renewable.Known;

    /// <summary>Gets whether it is a token that an identity was exchanged for, which travels as such whatever header keys have.</summary>
    internal bool IsToken => Origin is { Identity: not null };

    internal bool CanRenew => _renewable is not null;

    internal string Reveal() => _reveal();

    internal ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        _renewable is null ? new ValueTask<string>(_reveal()) : _renewable.GetAsync(cancellationToken);

    internal void Refuse(string value) => _renewable?.Refuse(value);

    private static void Check(string value, string what)
    {
        foreach (char c in value)
        {
            if (c is <= ' ' or > '~')
            {
                string found = c is '\r' or '\n' ? "a line break" : c == ' ' ? "a blank" : "a character that no key has";
                throw Failures.Invalid(
                    $"{what} holds {found}, so it cannot be sent.",
                    "Give the key alone, for example (Get-Content key.txt -Raw).Trim().");
            }
        }
    }
}
