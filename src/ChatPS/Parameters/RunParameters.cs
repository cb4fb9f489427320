using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using ChatPS.Client.Json;
using ChatPS.Conversion;
using ChatPS.Pipeline;

namespace ChatPS.Parameters;

/// <summary>Chooses, among what a command was given, what shapes its answers: a checkpoint belongs to that.</summary>
internal static class RunParameters
{
    /// <summary>Chooses from what a command was given.</summary>
    /// <param name="cmdlet">The command.</param>
    /// <param name="model">The model that is asked, if it is known; a list of several.</param>
    /// <returns>Plain values by the names of the parameters.</returns>
    public static Dictionary<string, object?> From(PSCmdlet cmdlet, object? model)
    {
        Dictionary<string, object> bound = cmdlet.MyInvocation.BoundParameters;
        Dictionary<string, object?> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (string name in ParameterKinds.Of(cmdlet.GetType()).Where(parameter => parameter.BelongsToCheckpoint).Select(parameter => parameter.Name))
        {
            if (bound.TryGetValue(name, out object? value))
            {
                parameters[name] = value is Type type ? type.FullName : PlainObject.From(value, "-" + name);
            }
        }

        // Some services take their key there: only that it has changed is to be seen.
        if (bound.TryGetValue(nameof(ServiceCmdlet.AdditionalBody), out object? body) && body is IDictionary members)
        {
            parameters[nameof(ServiceCmdlet.AdditionalBody)] = Digest(PlainJson.Write(PlainObject.FromDictionary(members, "-AdditionalBody"), "-AdditionalBody"));
        }

        parameters[nameof(CompletionCmdlet.Model)] = model;
        return parameters;
    }

    private static string Digest(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
#if NET8_0_OR_GREATER
        byte[] hash = SHA256.HashData(bytes);
#else
        using SHA256 sha = SHA256.Create();
        byte[] hash = sha.ComputeHash(bytes);
#endif
        return "sha256:" + Convert.ToBase64String(hash);
    }
}
