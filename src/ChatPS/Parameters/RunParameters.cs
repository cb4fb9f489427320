using System.Collections;
using System.Management.Automation;
using System.Security.Cryptography;
using System.Text;
using ChatPS.Client.Json;
using ChatPS.Conversion;

namespace ChatPS.Parameters;

/// <summary>Chooses, among what a command was given, what shapes its answers: a checkpoint belongs to that.</summary>
internal static class RunParameters
{
    // How a run is carried out, by which way, and what it may cost does not change what is answered; files are part of each request.
    private static readonly HashSet<string> Unrelated = new(StringComparer.OrdinalIgnoreCase)
    {
        "InputObject", "Connection", "TimeoutSec", "MaxRetry", "AdditionalHeader", "AdditionalQuery", "ThrottleLimit", "AsCompleted", "AsJob",
        "CheckpointPath", "CheckpointMode", "FallbackModel", "FallbackOn", "PriceTable", "MaxTotalToken", "MaxCost", "Stream", "Show", "Quiet",
        "AudioPath", "NoClobber", "Image", "Attachment",
        "AllowTool", "ToolApproval", "MaxToolRound", "MaxToolCall", "WhatIf", "Confirm",
    };

    /// <summary>Chooses from the bound parameters.</summary>
    /// <param name="bound">The bound parameters.</param>
    /// <param name="model">The model that is asked, if it is known.</param>
    /// <returns>Plain values by the names of the parameters.</returns>
    public static Dictionary<string, object?> From(IDictionary<string, object> bound, string? model)
    {
        Dictionary<string, object?> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (KeyValuePair<string, object> parameter in bound)
        {
            if (!Unrelated.Contains(parameter.Key) && !Cmdlet.CommonParameters.Contains(parameter.Key))
            {
                parameters[parameter.Key] = parameter.Value is Type type ? type.FullName : PlainObject.From(parameter.Value);
            }
        }

        // Some services take their key there: only that it has changed is to be seen.
        if (bound.TryGetValue("AdditionalBody", out object? body) && body is IDictionary members)
        {
            parameters["AdditionalBody"] = Digest(PlainJson.Write(PlainObject.FromDictionary(members), "-AdditionalBody"));
        }

        parameters["Model"] = model;
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
