using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using ChatPS.Client.Connections;
using ChatPS.Conversion;

namespace ChatPS.Parameters;

/// <summary>
/// Hides secrets among the values that a command was given. PowerShell hands those on with every error, warning and verbose line
/// of the command; the command itself works with its properties.
/// </summary>
internal static class BoundSecrets
{
    private static readonly string[] Fields = ["AdditionalHeader", "AdditionalQuery"];
    private static readonly string[] Bodies = ["AdditionalBody", "BuiltInTool", "Tool", "Parameter"];
    private static readonly string[] Addresses = ["BaseUri", "Proxy"];

    /// <summary>Puts the digests of secrets in their place, so that whether one has changed is still to be seen.</summary>
    /// <param name="cmdlet">The command.</param>
    public static void Hide(PSCmdlet cmdlet)
    {
        Dictionary<string, object> bound = cmdlet.MyInvocation.BoundParameters;
        foreach (string name in Fields)
        {
            if (bound.TryGetValue(name, out object? value) && value is IDictionary fields)
            {
                List<string> secure = [];
                bound[name] = SecretMembers.ReplaceFields(PlainObject.ToFields(fields, secure)!, secure, Digest);
            }
        }

        foreach (string name in Bodies)
        {
            if (bound.TryGetValue(name, out object? value) && Plain(value) is { } plain)
            {
                bound[name] = plain;
            }
        }

        foreach (string name in Addresses)
        {
            if (bound.TryGetValue(name, out object? value) && value is not null)
            {
                bound[name] = ApiKey.Withhold(value.ToString()) ?? "****";
            }
        }
    }

    /// <summary>Tells two secrets apart, and nothing more.</summary>
    /// <param name="secret">The secret.</param>
    /// <returns>Its digest.</returns>
    public static string Digest(string secret)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(secret);
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#endif
        return "sha256:" + Convert.ToBase64String(hash);
    }

    // What holds no secret stays as it was given.
    private static object? Plain(object? value) => value switch
    {
        object[] items => Array.Exists(items, item => Plain(item) is not null) ? Array.ConvertAll(items, item => Plain(item) ?? item) : null,
        IDictionary or PSObject { BaseObject: IDictionary or PSCustomObject } => PlainObject.From(value) is var plain && SecretMembers.Of(plain).Any()
            ? SecretMembers.Replace(plain, (_, secret) => Digest(secret))
            : null,
        _ => null,
    };
}
