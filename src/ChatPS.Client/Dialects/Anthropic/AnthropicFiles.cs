using ChatPS.Api.Files;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>The files of Anthropic: at the paths of OpenAI, with pages, times and an expiry of their own. They have no purposes.</summary>
internal sealed class AnthropicFiles : IServiceFiles
{
    public static readonly AnthropicFiles Family = new();

    private const int LargestPage = 1000;

    /// <inheritdoc />
    public IReadOnlyList<string> Purposes => [];

    /// <inheritdoc />
    public bool TakesExpiry => true;

    /// <inheritdoc />
    public Task<ChatFile> AddAsync(ServiceConnection connection, NewFile file, CallSettings settings, CancellationToken cancellationToken)
    {
        FileCalls.Require(file);
        return FileCalls.OfferedAsync(
            connection.SendAsync(
                settings,
                (call, token) => Api(connection).CreateAsync(FileCalls.Form(file, [("expires_in_seconds", FileCalls.Seconds(file.ExpiresAfter))], call), call, token),
                (answer, call) => FileObjects.Read(answer, call, file.Input),
                cancellationToken),
            connection);
    }

    /// <inheritdoc />
    public IAsyncEnumerable<ChatFile> ListAsync(ServiceConnection connection, FileFilter filter, CallSettings settings, CancellationToken cancellationToken) => Pages.ReadAsync(
        filter.First,
        (after, most, token) => FileCalls.OfferedAsync(
            connection.SendAsync(
                settings,
                (call, stop) => Api(connection).ListAsync(
                    Pages.Fields(("limit", settings.Unless("limit", Math.Min(most, LargestPage).ToString(System.Globalization.CultureInfo.InvariantCulture))), ("after_id", after)), call, stop),
                FileObjects.Read,
                token),
            connection),
        static file => file.Id,
        cancellationToken);

    /// <inheritdoc />
    public Task<ChatFile> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIFiles.Standard.GetAsync(connection, id, settings, cancellationToken);

    /// <inheritdoc />
    public Task RemoveAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIFiles.Standard.RemoveAsync(connection, id, settings, cancellationToken);

    /// <inheritdoc />
    public Task DownloadAsync(ServiceConnection connection, string id, Stream target, CallSettings settings, CancellationToken cancellationToken) =>
        OpenAIFiles.Standard.DownloadAsync(connection, id, target, settings, cancellationToken);

    private static IFilesApi Api(ServiceConnection connection) => connection.Client<IFilesApi>(FilesJsonContext.Default);
}
