using System.Globalization;
using ChatPS.Api.Files;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.ServiceFiles;

/// <summary>The files of OpenAI, and of all who keep them as OpenAI does. Azure differs in the names of two fields, and in what it takes for a question.</summary>
internal sealed class OpenAIFiles : IServiceFiles
{
    private const int LargestPage = 10_000;

    private static readonly string[] KnownPurposes = ["assistants", "batch", "evals", "fine-tune", "user_data", "vision"];

    private readonly string _purpose;
    private readonly string _expiry;

    /// <summary>Makes the files of a service.</summary>
    /// <param name="purpose">What a file is for where nothing is said.</param>
    /// <param name="expiry">How the fields of its expiry are called.</param>
    internal OpenAIFiles(string purpose, string expiry)
    {
        _purpose = purpose;
        _expiry = expiry;
    }

    public static OpenAIFiles Standard { get; } = new("user_data", "expires_after[{0}]");

    public static OpenAIFiles Azure { get; } = new("assistants", "expires_after.{0}");

    /// <summary>Gets the largest file that goes in one request, in bytes.</summary>
    public long LargestFile { get; init; } = 512L * 1024 * 1024;

    /// <summary>Gets how long a part is of what is larger, in bytes.</summary>
    public long PartSize { get; init; } = 64L * 1024 * 1024;

    /// <inheritdoc />
    public IReadOnlyList<string> Purposes => KnownPurposes;

    /// <inheritdoc />
    public bool TakesExpiry => true;

    /// <inheritdoc />
    public async Task<ChatFile> AddAsync(ServiceConnection connection, NewFile file, CallSettings settings, CancellationToken cancellationToken)
    {
        FileInfo info = FileCalls.Require(file);
        PartedUpload parts = new(connection, file with { Purpose = file.Purpose ?? _purpose }, settings, PartSize);
        if (info.Length > LargestFile)
        {
            return await FileCalls.OfferedAsync(parts.SendAsync(cancellationToken), connection);
        }

        try
        {
            return await FileCalls.OfferedAsync(SendWholeAsync(connection, file, settings, cancellationToken), connection);
        }
        catch (ChatServiceException failure) when (failure.StatusCode == 413)
        {
            return await InPartsAsync(parts, failure, cancellationToken);
        }
    }

    /// <inheritdoc />
    public IAsyncEnumerable<ChatFile> ListAsync(ServiceConnection connection, FileFilter filter, CallSettings settings, CancellationToken cancellationToken) => Pages.ReadAsync(
        filter.First,
        (after, most, token) => FileCalls.OfferedAsync(
            connection.SendAsync(settings, (call, stop) => Api(connection).ListAsync(Query(filter, settings, after, Math.Min(most, LargestPage)), call, stop), FileObjects.Read, token), connection),
        static file => file.Id,
        cancellationToken);

    /// <inheritdoc />
    public Task<ChatFile> GetAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return FileCalls.OfferedAsync(
            connection.SendAsync(settings, (call, token) => Api(connection).GetAsync(id, call, token), static (file, call) => FileObjects.Read(file, call), cancellationToken), connection);
    }

    /// <inheritdoc />
    public Task RemoveAsync(ServiceConnection connection, string id, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return FileCalls.OfferedAsync(
            connection.SendAsync(settings, (call, token) => Api(connection).DeleteAsync(id, call, token), (deletion, _) => FileObjects.Read(deletion, id), cancellationToken), connection);
    }

    /// <inheritdoc />
    public Task DownloadAsync(ServiceConnection connection, string id, Stream target, CallSettings settings, CancellationToken cancellationToken)
    {
        ParameterRules.PathSegment(id, "-Id");
        return FileCalls.OfferedAsync(
            Download.CopyAsync(
                connection,
                settings,
                (range, ifRange, call, token) => Api(connection).LoadAsync(id, range, ifRange, call, token),
                target,
                long.MaxValue,
                (bytes, total) => settings.Watch?.Moves(new CallTransfer(bytes, total, IsUpload: false)),
                cancellationToken),
            connection);
    }

    private static IFilesApi Api(ServiceConnection connection) => connection.Client<IFilesApi>(FilesJsonContext.Default);

    // Some allow less in one request than OpenAI does. Who has no uploads in parts has said already why it refuses.
    private static async Task<ChatFile> InPartsAsync(PartedUpload parts, ChatServiceException tooLarge, CancellationToken cancellationToken)
    {
        try
        {
            return await parts.SendAsync(cancellationToken);
        }
        catch (ChatServiceException failure) when (failure.StatusCode is 404 or 405 or 501)
        {
            throw tooLarge;
        }
    }

    private static Dictionary<string, string> Query(FileFilter filter, CallSettings settings, string? after, int size)
    {
        Dictionary<string, string> query = Pages.Query(settings, after, size, filter.Order);
        if (filter.Purpose is { } purpose)
        {
            query["purpose"] = purpose;
        }

        return query;
    }

    private Task<ChatFile> SendWholeAsync(ServiceConnection connection, NewFile file, CallSettings settings, CancellationToken cancellationToken) => connection.SendAsync(
        settings,
        (call, token) => Api(connection).CreateAsync(FileCalls.Form(file, Fields(file), call), call, token),
        (answer, call) => FileObjects.Read(answer, call, file.Input),
        cancellationToken);

    private IEnumerable<(string Name, string? Value)> Fields(NewFile file)
    {
        yield return ("purpose", file.Purpose ?? _purpose);
        yield return (string.Format(CultureInfo.InvariantCulture, _expiry, "anchor"), file.ExpiresAfter is null ? null : "created_at");
        yield return (string.Format(CultureInfo.InvariantCulture, _expiry, "seconds"), FileCalls.Seconds(file.ExpiresAfter));
    }
}
