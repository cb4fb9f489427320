using System.Globalization;
using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>The files of Gemini. They have no purposes, and Google decides how long it keeps them.</summary>
internal sealed class GeminiFiles : IServiceFiles
{
    public static readonly GeminiFiles Family = new();

    /// <summary>Gets how long a piece of an upload is, in bytes: a multiple of 256 KB.</summary>
    public long PieceSize { get; init; } = 64L * 1024 * 1024;

    private const int LargestPage = 100;
    private const string Collection = "files/";

    /// <inheritdoc />
    public IReadOnlyList<string> Purposes => [];

    /// <inheritdoc />
    public bool TakesExpiry => false;

    /// <inheritdoc />
    public Task<ChatFile> AddAsync(ServiceConnection connection, NewFile file, CallSettings settings, CancellationToken cancellationToken)
    {
        FileCalls.Require(file);
        return FileCalls.OfferedAsync(new GeminiUpload(connection, file, settings, PieceSize).SendAsync(cancellationToken), connection);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<ChatFile> ListAsync(ServiceConnection connection, FileFilter filter, CallSettings settings, CancellationToken cancellationToken) => Pages.ReadAsync(
        filter.First,
        (place, most, token) => FileCalls.OfferedAsync(
            connection.SendAsync(
                settings,
                (call, stop) => Api(connection).ListAsync(
                    Pages.Fields(("pageSize", settings.Unless("pageSize", Math.Min(most, LargestPage).ToString(CultureInfo.InvariantCulture))), ("pageToken", place)), call, stop),
                static (page, call) => page is { Files: null, AdditionalProperties.Count: > 0 }
                    ? throw new WireFormatException("The answer is no list of files.", page.Raw)
                    : new Page<ChatFile>([.. (page.Files ?? []).Select(file => Read(file, call))], page.NextPageToken),
                token),
            connection),
        static file => file.Id,
        cancellationToken);

    /// <inheritdoc />
    public Task<ChatFile> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        string bare = Bare(id);
        return FileCalls.OfferedAsync(
            connection.SendAsync(settings, (call, token) => Api(connection).GetAsync(bare, call, token), static (file, call) => Read(file, call), cancellationToken), connection);
    }

    /// <inheritdoc />
    public Task RemoveAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        string bare = Bare(id);
        return FileCalls.OfferedAsync(
            connection.SendAsync(settings, (call, token) => Api(connection).DeleteAsync(bare, call, token), (_, _) => id, cancellationToken), connection);
    }

    /// <inheritdoc />
    public Task DownloadAsync(ServiceConnection connection, string id, Stream target, CallSettings settings, CancellationToken cancellationToken)
    {
        string bare = Bare(id);
        return FileCalls.OfferedAsync(
            Download.CopyAsync(
                connection,
                settings,
                (range, ifRange, call, token) => Api(connection).LoadAsync(bare, range, ifRange, call, token),
                target,
                long.MaxValue,
                (bytes, total) => settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: false)),
                cancellationToken),
            connection);
    }

    /// <summary>Makes the file of what came.</summary>
    /// <param name="file">What came.</param>
    /// <param name="call">The call.</param>
    /// <param name="input">The pipeline item that it was made from.</param>
    /// <returns>The file.</returns>
    public static ChatFile Read(GeminiFile file, CallContext call, object? input = null) => new()
    {
        Id = file.Name is { Length: > 0 } name ? Redactor.Redact(name, call.Secrets) : throw new WireFormatException("The answer is no file.", file.Raw),
        FileName = Redactor.Redact(file.DisplayName ?? "", call.Secrets),
        Bytes = file.SizeBytes,
        MediaType = Redactor.RedactOptional(file.MimeType, call.Secrets),
        CreatedAt = Time(file.CreateTime),
        ExpiresAt = Time(file.ExpirationTime),
        Status = Redactor.RedactOptional(file.State, call.Secrets),
        IsDownloadable = file.Source is null ? file.DownloadUri is null ? null : true : file.Source == "GENERATED",
        Uri = Redactor.RedactOptional(file.Uri, call.Secrets),
        Connection = call.ConnectionName,
        Input = input,
        Raw = Redactor.Redact(file.Raw, call.Secrets),
    };

    private static IGeminiFilesApi Api(ServiceConnection connection) => connection.Client<IGeminiFilesApi>(GeminiJsonContext.Default);

    private static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out DateTimeOffset time) ? time : null;

    // Both files/abc and abc name a file.
    private static string Bare(string id)
    {
        string bare = id.StartsWith(Collection, StringComparison.Ordinal) ? id.Substring(Collection.Length) : id;
        ParameterRules.PathSegment(bare, "-Id");
        return bare;
    }
}
