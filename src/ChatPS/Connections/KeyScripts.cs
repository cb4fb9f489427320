using System.Collections.ObjectModel;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Conversion;
using ChatPS.Module;

namespace ChatPS.Connections;

/// <summary>
/// Runs the scripts that give keys, each time in a runspace of its own: requests need keys while the session that made the
/// connection is busy. A script sees nothing of that session but its language mode.
/// </summary>
internal static class KeyScripts
{
    public static Func<CancellationToken, IssuedKey> Runner(string script, PSLanguageMode languageMode, string parameter) => token => Run(script, languageMode, parameter, token);

    private static IssuedKey Run(string script, PSLanguageMode languageMode, string parameter, CancellationToken cancellationToken)
    {
        using Runspace runspace = OwnRunspace.Open(languageMode);
        using PowerShell shell = PowerShell.Create();
        shell.Runspace = runspace;
        shell.AddScript(script);
        Collection<PSObject> output;
        using (cancellationToken.Register(() => shell.BeginStop(null, null)))
        {
            try
            {
                output = shell.Invoke();
            }
            catch (PipelineStoppedException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                throw Failed(parameter, "it was stopped.");
            }
            catch (RuntimeException exception)
            {
                throw Failed(parameter, exception.ErrorRecord?.ToString() ?? exception.Message);
            }
        }

        cancellationToken.ThrowIfCancellationRequested();
        PSObject[] given = [.. output.Where(item => item is not null)];
        return given.Length switch
        {
            1 => Read(given[0], parameter),
            0 when shell.Streams.Error.Count > 0 => throw Failed(parameter, shell.Streams.Error[0].ToString()),
            0 => throw Failed(parameter, "it gave nothing."),
            _ => throw Failed(parameter, FormattableString.Invariant($"it gave {given.Length} objects, not one.")),
        };
    }

    private static IssuedKey Read(PSObject given, string parameter)
    {
        if (Plain(given.BaseObject) is { } key)
        {
            return new IssuedKey(NotEmpty(key, parameter), null);
        }

        // What Get-AzAccessToken gives.
        string token = Plain(given.Properties["Token"]?.Value) ?? throw Failed(parameter, $"it gave a {given.BaseObject.GetType().Name}, which is neither a key nor an object with Token and ExpiresOn.");
        object? end = given.Properties["ExpiresOn"]?.Value;
        return end is null ? new IssuedKey(NotEmpty(token, parameter), null)
            : LanguagePrimitives.TryConvertTo(end, CultureInfo.InvariantCulture, out DateTimeOffset expires) ? new IssuedKey(NotEmpty(token, parameter), expires)
            : throw Failed(parameter, $"ExpiresOn is '{PlainObject.Text(end)}', which is no time.");
    }

    private static string? Plain(object? value) => Bare.Of(value) as string ?? SecretTransformationAttribute.Reveal(value);

    private static string NotEmpty(string key, string parameter) => key.Length > 0 ? key : throw Failed(parameter, "it gave an empty key.");

    private static ChatServiceException Failed(string parameter, string why) => new(
        ErrorIds.AuthenticationFailed,
        $"The script of {parameter} gave no key: {why}",
        "Run the script by itself in a new session. It must give a string, a secure string, or an object with Token and ExpiresOn, and sees no variables of yours.");
}
