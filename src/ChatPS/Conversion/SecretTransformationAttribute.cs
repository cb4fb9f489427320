using System.Management.Automation;
using System.Net;
using System.Security;

namespace ChatPS.Conversion;

/// <summary>Takes a key as a secure string, or as plain text that is turned into one.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc />
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? bare = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return bare switch
        {
            null => null,
            SecureString secret => secret,
            PSCredential credential => credential.Password,
            string text => Secure(text),
            ScriptBlock => throw new ArgumentTransformationMetadataException("A script block that gives the key goes to -ApiKeyScript."),
            _ => throw new ArgumentTransformationMetadataException("A key is a secure string or text; this is a " + bare.GetType().Name + "."),
        };
    }

    /// <summary>Reads a secure string, or the password of a credential.</summary>
    /// <param name="value">What was given.</param>
    /// <returns>The secret; null where it is neither.</returns>
    internal static string? Reveal(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        SecureString secret => new NetworkCredential("", secret).Password,
        PSCredential credential => credential.GetNetworkCredential().Password,
        _ => null,
    };

    /// <summary>Turns plain text into a secure string.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The secure string.</returns>
    internal static SecureString Secure(string text)
    {
        SecureString secret = new();
        foreach (char c in text)
        {
            secret.AppendChar(c);
        }

        secret.MakeReadOnly();
        return secret;
    }
}
