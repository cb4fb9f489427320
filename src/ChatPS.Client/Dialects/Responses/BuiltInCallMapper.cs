using ChatPS.Api.Errors;
using ChatPS.Api.OpenAIResponses;
using ChatPS.Api.Wire;

namespace ChatPS.Client.Dialects.Responses;

/// <summary>What the service's own tools did, as objects.</summary>
internal static class BuiltInCallMapper
{
    private const string CallSuffix = "_call";

    /// <summary>Whether an item is a call of one of the service's own tools.</summary>
    /// <param name="item">The item.</param>
    /// <returns>Whether it is; calls that are left to the caller are not.</returns>
    public static bool IsCall(OutputItem item) => item.Type is { } type
        && type is not ("function_call" or "custom_tool_call")
        && (type.EndsWith(CallSuffix, StringComparison.Ordinal) || type.StartsWith("mcp_", StringComparison.Ordinal));

    /// <summary>Reads a call.</summary>
    /// <param name="item">The item.</param>
    /// <returns>The call.</returns>
    public static ChatBuiltInCall Read(OutputItem item) => new()
    {
        Id = item.Id,
        Type = item.Type!.EndsWith(CallSuffix, StringComparison.Ordinal) ? item.Type.Substring(0, item.Type.Length - CallSuffix.Length) : item.Type,
        Name = item.Name ?? item.ServerLabel,
        Status = item.Status,
        Input = item.Code ?? item.Arguments ?? item.RevisedPrompt ?? Lines(item.Queries) ?? item.Action?.Query ?? Lines(item.Action?.Queries) ?? item.Action?.Url,
        Output = JsonText.Read(item.Output ?? default) ?? Lines(item.Outputs?.Select(output => output.Logs)) ?? Lines(item.Results?.Select(result => result.Text)) ?? Lines(item.Tools?.Select(tool => tool.Name)),
        Sources =
        [
            .. (item.Action?.Sources ?? []).Concat(item.Results ?? []).Select(result => new ChatCitation { Title = result.Title ?? result.Filename, Url = result.Url, FileId = result.FileId }),
            .. (item.Outputs ?? []).Where(output => output.Url is not null).Select(output => new ChatCitation { Url = output.Url }),
        ],
        Data = item.Type == "image_generation_call" ? Bytes(item.Result) : null,
        Error = item.Error is not { } error ? null : ApiError.TryParse(error, out ApiError? said) ? said.Message : JsonText.Read(error),
        Raw = item.Raw,
    };

    private static string? Lines(IEnumerable<string?>? texts) => texts?.Where(text => !string.IsNullOrEmpty(text)).ToList() is { Count: > 0 } lines ? string.Join("\n", lines) : null;

    private static byte[]? Bytes(string? base64)
    {
        try
        {
            return base64 is { Length: > 0 } ? Convert.FromBase64String(base64) : null;
        }
        catch (FormatException exception)
        {
            throw new WireFormatException("The image is not in base64.", "", exception);
        }
    }
}
