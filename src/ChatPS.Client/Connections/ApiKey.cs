using System.Net;
using System.Security;

namespace ChatPS.Client;

/// <summary>A key to a service. It is shown nowhere; only the authentication handler and the redactor read it.</summary>
public sealed class ApiKey
{
    private readonly Func<string> _reveal;

    private ApiKey(Func<string> reveal, string source)
    {
        _reveal = reveal;
        Source = source;
    }

    /// <summary>Where the key comes from, in words.</summary>
    public string Source { get; }

    /// <summary>Takes a key from a secure string, of which a copy is kept.</summary>
    /// <param name="value">The key.</param>
    /// <returns>The key, or null if the string is empty.</returns>
    /// <exception cref="ChatServiceException">The key cannot be sent in a header.</exception>
    public static ApiKey? FromSecureString(SecureString value)
    {
        if (value.Length == 0)
        {
            return null;
        }

        SecureString copy = value.Copy();
        copy.MakeReadOnly();
        ApiKey key = new(() => new NetworkCredential("", copy).Password, "Parameter");
        Check(key.Reveal(), "The key given to -ApiKey");
        return key;
    }

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
        return new ApiKey(() => value!, variable);
    }

    /// <inheritdoc />
    public override string ToString() => "****";

    internal string Reveal() => _reveal();

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
