using System.Globalization;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;
using ChatPS.Client.Json;

namespace ChatPS.Client.ServiceFiles;

/// <summary>What the files of all services have in common: how one is sent as a form, how much of it has gone, and what is said where there is none.</summary>
internal static class FileCalls
{
    private const string Unknown = "Get-ChatFile lists the files that the service keeps. One that has expired or was deleted is gone.";

    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".jsonl"] = "application/jsonl", [".json"] = "application/json", [".csv"] = "text/csv", [".md"] = "text/markdown", [".txt"] = "text/plain",
    };

    /// <summary>Tells what a file holds: as it was given, else by its first bytes, else by its name.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The media type.</returns>
    /// <exception cref="ChatServiceException">It cannot be read.</exception>
    public static string MediaTypeOf(NewFile file) => file.MediaType
        ?? (Types.TryGetValue(Path.GetExtension(file.Name), out string? type) ? type : Kind(file)?.MediaType ?? "application/octet-stream");

    /// <summary>Sends a file as a form. An attempt may last as long as bytes go: the time limit is that of one silence.</summary>
    /// <param name="file">The file.</param>
    /// <param name="fields">The other fields of the form.</param>
    /// <param name="call">The call.</param>
    /// <returns>The form, which can be sent again.</returns>
    public static HttpContent Form(NewFile file, IEnumerable<(string Name, string? Value)> fields, CallContext call)
    {
        long length = new FileInfo(file.Path).Length;
        FileBody body = new(file.Path, 0, length) { WholeLength = length, Sent = Watched(call, bytes => Tell(file, call.Settings, bytes, length)) };
        body.Headers.TryAddWithoutValidation("Content-Type", MediaTypeOf(file));
        return Upload.Form(Merged(fields, call.Settings), ("file", file.Name, body));
    }

    /// <summary>Lets each step of an upload begin the time limit of its call anew.</summary>
    /// <param name="call">The call.</param>
    /// <param name="sent">Hears how many bytes have gone.</param>
    /// <returns>What hears of the steps.</returns>
    public static Action<long, long> Watched(CallContext call, Action<long> sent) => (bytes, _) =>
    {
        call.Deadline.Restart();
        sent(bytes);
    };

    /// <summary>Tells whoever looks on how much has gone.</summary>
    public static void Tell(NewFile file, CallSettings settings, long bytes, long total)
    {
        file.Sent?.Invoke(bytes, total);
        settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: true));
    }

    /// <summary>Waits for a call, and says so where the service has no files, or not this one.</summary>
    /// <typeparam name="T">What the call gives.</typeparam>
    /// <param name="call">The call.</param>
    /// <param name="connection">The connection.</param>
    /// <returns>What the call gave.</returns>
    /// <exception cref="ChatServiceException">The call failed.</exception>
    public static async Task<T> OfferedAsync<T>(Task<T> call, ServiceConnection connection)
    {
        try
        {
            return await call;
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 501 or 405 || failure.MissingEndpoint is not null)
        {
            throw new ChatServiceException(
                ErrorIds.InvalidRequest,
                $"Files are not offered by this gateway (connection '{connection.Settings.Name}'): {failure.Message}",
                "Use a connection to the service itself.",
                failure)
            {
                StatusCode = failure.StatusCode,
                RequestId = failure.RequestId,
            };
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 404)
        {
            throw Failures.WithAdvice(failure, Unknown);
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 403 && failure.Message.Contains("may not exist", StringComparison.Ordinal))
        {
            throw new ChatServiceException(ErrorIds.InvalidRequest, failure.Message, $"{Unknown} Where it is there, it belongs to another project than the key of connection '{connection.Settings.Name}'.", failure)
            {
                StatusCode = failure.StatusCode,
                RequestId = failure.RequestId,
            };
        }
    }

    /// <summary>Looks at a file that is to be sent.</summary>
    /// <param name="file">The file.</param>
    /// <returns>What is told of it.</returns>
    /// <exception cref="ChatServiceException">It is not there, or empty.</exception>
    public static FileInfo Require(NewFile file)
    {
        FileInfo info = new(file.Path);
        OrdinaryFile.RequireThere(file.Path, parameter: null);
        return info.Length == 0 ? throw Failures.Invalid($"The file '{file.Path}' is empty, and no service takes such.", "Leave it out.")
            : info;
    }

    /// <summary>Goes from a link to the file that it leads to: what a link tells of itself is not the file's.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The file by its own path.</returns>
    public static NewFile Resolved(NewFile file)
    {
#if NET8_0_OR_GREATER
        try
        {
            return File.ResolveLinkTarget(file.Path, returnFinalTarget: true) is { } target ? file with { Path = target.FullName } : file;
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Whoever asks for the file says so.
            return file;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"'{file.Path}' cannot be read: {exception.Message}", "Check where the link leads.", exception);
        }
#else
        return file;
#endif
    }

    /// <summary>Tells one state of a file from another.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>Its length and the time of its last change.</returns>
    public static string VersionOf(string path)
    {
        FileInfo info = new(path);
        return info.Exists ? FormattableString.Invariant($"{info.Length} {info.LastWriteTimeUtc.Ticks}") : "";
    }

    /// <summary>Bytes as hexadecimal digits.</summary>
    public static string Hex(byte[] bytes) => string.Concat(bytes.Select(value => value.ToString("x2", CultureInfo.InvariantCulture)));

    /// <summary>Whether a service has said a thing for good: the same request gets the same answer.</summary>
    public static bool IsFinal(ChatServiceException failure) => failure.StatusCode is >= 400 and < 500 and not (401 or 403 or 408 or 429);

    /// <summary>A number of seconds as services take it.</summary>
    public static string? Seconds(TimeSpan? time) => time is { } span ? ((long)span.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;

    // What the user adds comes in place of fields of the same name.
    private static IEnumerable<KeyValuePair<string, string>> Merged(IEnumerable<(string Name, string? Value)> fields, CallSettings settings)
    {
        IReadOnlyDictionary<string, object?> additional = settings.AdditionalBody ?? new Dictionary<string, object?>(StringComparer.Ordinal);
        return fields.Where(field => field.Value is not null && !additional.ContainsKey(field.Name)).Select(field => new KeyValuePair<string, string>(field.Name, field.Value!))
            .Concat(additional.Where(field => field.Value is not null)
                .Select(field => new KeyValuePair<string, string>(field.Key, field.Value as string ?? PlainJson.Write(field.Value, "-AdditionalBody"))));
    }

    private static FileKind? Kind(NewFile file)
    {
        try
        {
            using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            byte[] head = new byte[FileKind.EnoughBytes];
            int read = stream.Read(head, 0, head.Length);
            return FileKind.Of(head.AsSpan(0, read));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Failures.Invalid($"'{file.Path}' cannot be read: {exception.Message}", "Check the file and its permissions.", exception);
        }
    }
}
