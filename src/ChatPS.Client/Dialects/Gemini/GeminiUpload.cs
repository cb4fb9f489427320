using System.Globalization;
using System.Net.Http.Headers;
using ChatPS.Api;
using ChatPS.Api.Errors;
using ChatPS.Api.Gemini;
using ChatPS.Api.Wire;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Client.ServiceFiles;

namespace ChatPS.Client.Dialects.Gemini;

/// <summary>
/// Sends a file by Google's resumable protocol: piece by piece, and after a cut from where the service says that it is, also in another
/// process. It is not cancelled: what is not gone on with lapses by itself.
/// </summary>
internal sealed class GeminiUpload(ServiceConnection connection, NewFile file, CallSettings settings, long pieceSize)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Sends the file.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the service keeps.</returns>
    /// <exception cref="ChatServiceException">The service has not taken it, or the file was changed meanwhile.</exception>
    public async Task<ChatFile> SendAsync(CancellationToken cancellationToken)
    {
        string version = FileCalls.VersionOf(file.Path);
        using UploadNote? note = UploadNote.Open(file, connection.Settings.BaseUri);
        if (Uri.TryCreate(note?.Upload, UriKind.Absolute, out Uri? begun))
        {
            try
            {
                (long offset, ChatFile? whole) = await AskAsync(begun, cancellationToken);
                settings.Verbose?.Invoke(FormattableString.Invariant($"Going on with an upload from byte {offset}."));
                return whole ?? await SendAsync(begun, offset, version, note, cancellationToken);
            }
            catch (ChatServiceException failure) when (FileCalls.IsFinal(failure) && FileCalls.VersionOf(file.Path) == version)
            {
                settings.Verbose?.Invoke(Printable.Text($"The upload cannot go on, and begins anew: {failure.Message}"));
            }
        }

        Uri address = await StartAsync(cancellationToken);
        note?.Begin(address.AbsoluteUri, pieceSize);
        return await SendAsync(address, 0, version, note, cancellationToken);
    }

    private async Task<ChatFile> SendAsync(Uri address, long offset, string version, UploadNote? note, CancellationToken cancellationToken)
    {
        long length = new FileInfo(file.Path).Length;
        int failures = 0;
        while (true)
        {
            ChatFile? whole;
            try
            {
                long size = Math.Min(pieceSize, length - offset);
                RequireSame(version);
                whole = await PutAsync(address, offset, size, length, cancellationToken);
                offset += size;
                failures = 0;
            }
            catch (ChatServiceException failure) when (!FileCalls.IsFinal(failure) && FileCalls.VersionOf(file.Path) == version && failures < MaxRetry)
            {
                failures++;
                settings.Verbose?.Invoke(Printable.Text($"{failure.Message} Asking how far the upload is."));
                await Task.Delay(Pause, cancellationToken);
                (offset, whole) = await AskAsync(address, cancellationToken);
            }

            if (whole is not null)
            {
                note?.Forget();
                return whole;
            }
        }
    }

    private int MaxRetry => settings.MaxRetry ?? connection.Settings.MaxRetry;

    private async Task<Uri> StartAsync(CancellationToken cancellationToken)
    {
        Uri own = connection.Settings.BaseUri;
        string version = own.AbsolutePath.Substring(BaseAddress.BeforeVersion(own).AbsolutePath.TrimEnd('/').Length).Trim('/');
        GeminiFileRequest request = new()
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            File = new GeminiFileName { DisplayName = file.Name },
        };
        string length = new FileInfo(file.Path).Length.ToString(CultureInfo.InvariantCulture);
        using CallContext call = connection.Begin(settings, cancellationToken);
        using HttpResponseMessage response = await connection.OpenAsync(
            call, (context, token) => connection.RootClient<IGeminiUploadApi>(GeminiJsonContext.Default).StartAsync(version, request, length, FileCalls.MediaTypeOf(file), context, token));
        call.Succeed(model: null);
        return Header(response, "X-Goog-Upload-URL") is { } text && Uri.TryCreate(text, UriKind.Absolute, out Uri? address) && IsOwn(address, own)
            ? address
            : throw new ChatServiceException(
                ErrorIds.BadResponse, "The service has begun an upload, and names no address of its own at which it goes on.", "Connect to the service itself: a gateway between may not know uploads.");
    }

    // The last piece is answered with the file.
    private async Task<ChatFile?> PutAsync(Uri address, long offset, long size, long length, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings with { MaxRetry = 0, AdditionalBody = null }, cancellationToken);
        FileBody body = new(file.Path, offset, size) { WholeLength = length, Sent = FileCalls.Watched(call, bytes => FileCalls.Tell(file, settings, offset + bytes, length)) };
        body.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using HttpRequestMessage request = Command(address, offset + size == length ? "upload, finalize" : "upload");
        request.Content = body;
        request.Headers.TryAddWithoutValidation("X-Goog-Upload-Offset", offset.ToString(CultureInfo.InvariantCulture));
        using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => connection.SendToAsync(request, context, token));
        return await ReadAsync(response, call, mustBeWhole: offset + size == length);
    }

    private async Task<(long Offset, ChatFile? Whole)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using CallContext call = connection.Begin(settings with { AdditionalBody = null }, cancellationToken);
        using HttpRequestMessage request = Command(address, "query");
        using HttpResponseMessage response = await connection.OpenAsync(call, (context, token) => connection.SendToAsync(request, context, token));
        ChatFile? whole = await ReadAsync(response, call, mustBeWhole: false);
        if (long.TryParse(Header(response, "X-Goog-Upload-Size-Received"), NumberStyles.None, CultureInfo.InvariantCulture, out long offset) || whole is not null)
        {
            return (offset, whole);
        }

        throw new ChatServiceException(ErrorIds.BadResponse, "The service does not tell how far the upload is.", "Send the file again.");
    }

    private async Task<ChatFile?> ReadAsync(HttpResponseMessage response, CallContext call, bool mustBeWhole)
    {
        string text = await BodyReader.ReadAsync(response.Content, connection.Settings.MaxResponseBytes, call.Token);
        if (!mustBeWhole && Header(response, "X-Goog-Upload-Status") != "final")
        {
            call.Succeed(model: null);
            return null;
        }

        return connection.Read<GeminiFile, ChatFile>(
            text, GeminiJsonContext.Default, call, (answer, context) => GeminiFiles.Read(WithRaw(answer.File ?? answer, answer.Raw), context, file.Input));
    }

    private static GeminiFile WithRaw(GeminiFile file, string raw)
    {
        file.Raw = raw;
        return file;
    }

    private static HttpRequestMessage Command(Uri address, string command)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address);
        request.Headers.TryAddWithoutValidation("X-Goog-Upload-Command", command);
        return request;
    }

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;

    // The key goes along.
    private static bool IsOwn(Uri address, Uri own) => address.Scheme == own.Scheme && address.Port == own.Port && string.Equals(address.IdnHost, own.IdnHost, StringComparison.OrdinalIgnoreCase);

    private void RequireSame(string version)
    {
        if (FileCalls.VersionOf(file.Path) != version)
        {
            throw Failures.Invalid($"'{file.Path}' was changed while it was uploaded.", "Upload it again when nothing writes to it any more.");
        }
    }
}
