using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using ChatPS.Api.Errors;
using ChatPS.Api.Files;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;

namespace ChatPS.Client.ServiceFiles;

/// <summary>
/// Sends a file that is too large for one request in parts, some of them side by side. What a cut leaves undone goes on where it was, also
/// in another process, as long as the service keeps the upload: an hour at OpenAI. Where it cannot go on, the upload is cancelled.
/// </summary>
internal sealed class PartedUpload(ServiceConnection connection, NewFile file, CallSettings settings, long partSize)
{
    private const int AtOnce = 4;
    private const int HashBuffer = 256 * 1024;

    private static readonly TimeSpan TimeToCancel = TimeSpan.FromSeconds(10);

    private long _gone;

    private IUploadsApi Api => connection.Client<IUploadsApi>(FilesJsonContext.Default);

    /// <summary>Sends the file.</summary>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What the service keeps.</returns>
    /// <exception cref="ChatServiceException">The service has not taken it, or the file was changed meanwhile.</exception>
    public async Task<ChatFile> SendAsync(CancellationToken cancellationToken)
    {
        string version = FileCalls.VersionOf(file.Path);
        using UploadNote? note = UploadNote.Open(file, connection.Settings.BaseUri);
        if ((note?.Outdated ?? (note?.PartSize == partSize ? null : note?.Upload)) is { } outdated)
        {
            await CancelAsync(outdated);
            note!.Forget();
        }

        if (note?.Upload is { } begun)
        {
            try
            {
                Verbose($"Going on with the upload {begun}: {note.Parts.Count} parts are there.");
                return await SendAsync(begun, note.PartSize, version, note, cancellationToken);
            }
            catch (ChatServiceException failure) when (FileCalls.IsFinal(failure) && FileCalls.VersionOf(file.Path) == version)
            {
                Verbose($"The upload {begun} cannot go on, and begins anew: {failure.Message}");
                note.Forget();
            }
        }

        string upload = await BeginAsync(cancellationToken);
        note?.Begin(upload, partSize);
        return await SendAsync(upload, partSize, version, note, cancellationToken);
    }

    private async Task<ChatFile> SendAsync(string upload, long size, string version, UploadNote? note, CancellationToken cancellationToken)
    {
        try
        {
            using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task<string> hash = Task.Run(() => HashAsync(stop.Token), stop.Token);
            try
            {
                string[] parts = await SendPartsAsync(upload, size, note, stop, cancellationToken);
                string md5 = await hash;
                RequireSame(version);
                if (parts.Distinct(StringComparer.Ordinal).Count() < parts.Length)
                {
                    throw new ChatServiceException(ErrorIds.BadResponse, $"The service gave parts of the upload {upload} the same id: the file would not be whole.", "Try again. If it stays so, the gateway does not take uploads in parts.");
                }

                ChatFile whole = await CompleteAsync(upload, parts, md5, cancellationToken);
                note?.Forget();
                return whole;
            }
            finally
            {
                stop.Cancel();
                await Task.WhenAny(hash);
            }
        }
        catch (Exception exception) when (note is null || exception is ChatServiceException failure && (FileCalls.IsFinal(failure) || failure.ErrorId == ErrorIds.BadResponse) || FileCalls.VersionOf(file.Path) != version)
        {
            note?.Forget();
            await CancelAsync(upload);
            RequireSame(version);
            throw;
        }
    }

    private async Task<string[]> SendPartsAsync(string upload, long size, UploadNote? note, CancellationTokenSource stop, CancellationToken cancellationToken)
    {
        long length = new FileInfo(file.Path).Length;
        string?[] ids = new string?[(int)((length + size - 1) / size)];
        foreach (KeyValuePair<int, string> part in note?.Parts.Where(part => part.Key < ids.Length) ?? [])
        {
            ids[part.Key] = part.Value;
            Interlocked.Add(ref _gone, Math.Min(size, length - (part.Key * size)));
        }

        int last = -1;
        Task all = Task.WhenAll(Enumerable.Range(0, Math.Min(AtOnce, ids.Length)).Select(_ => WorkAsync()));
        try
        {
            await all;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested && all.Exception?.InnerExceptions.OfType<ChatServiceException>().FirstOrDefault() is { } cause)
        {
            // The others were only stopped.
            ExceptionDispatchInfo.Capture(cause).Throw();
        }

        return ids!;

        async Task WorkAsync()
        {
            try
            {
                for (int part = Interlocked.Increment(ref last); part < ids.Length; part = Interlocked.Increment(ref last))
                {
                    if (ids[part] is null)
                    {
                        string id = await SendPartAsync(upload, part * size, Math.Min(size, length - (part * size)), length, stop.Token);
                        note?.Add(part, id);
                        ids[part] = id;
                    }
                }
            }
            catch
            {
                stop.Cancel();
                throw;
            }
        }
    }

    private async Task<string> SendPartAsync(string upload, long offset, long length, long whole, CancellationToken cancellationToken)
    {
        long before = 0;
        return await connection.SendAsync(
            settings with { AdditionalBody = null },
            (call, token) => Api.AddPartAsync(upload, PartOf(call), call, token),
            static (part, call) => part.Id is { Length: > 0 } id ? id : throw new WireFormatException("The answer is no part of an upload.", part.Raw),
            cancellationToken);

        HttpContent PartOf(CallContext call) => Upload.Form([], ("data", "part", new FileBody(file.Path, offset, length) { WholeLength = whole, Sent = FileCalls.Watched(call, Tell) }));

        // An attempt that fails begins the part anew.
        void Tell(long bytes)
        {
            FileCalls.Tell(file, settings, Interlocked.Add(ref _gone, bytes - before), whole);
            before = bytes;
        }
    }

    private Task<string> BeginAsync(CancellationToken cancellationToken)
    {
        UploadRequest request = new()
        {
            AdditionalBody = PlainJson.ToElement(settings.AdditionalBody, "-AdditionalBody"),
            Bytes = new FileInfo(file.Path).Length,
            Filename = file.Name,
            MimeType = FileCalls.MediaTypeOf(file),
            Purpose = file.Purpose ?? "",
            ExpiresAfter = file.ExpiresAfter is { } time ? new FileExpiry { Seconds = (long)time.TotalSeconds } : null,
        };
        return connection.SendAsync(
            settings,
            (call, token) => Api.CreateAsync(request, call, token),
            static (upload, call) => upload.Id is { Length: > 0 } id ? id : throw new WireFormatException("The answer is no upload.", upload.Raw),
            cancellationToken);
    }

    private Task<ChatFile> CompleteAsync(string upload, string[] parts, string md5, CancellationToken cancellationToken) => connection.SendAsync(
        settings with { AdditionalBody = null },
        (call, token) => Api.CompleteAsync(upload, new UploadCompletion { PartIds = parts, Md5 = md5 }, call, token),
        (answer, call) => answer.File is { } whole
            ? FileObjects.Read(WithRaw(whole, answer.Raw), call, file.Input)
            : throw new WireFormatException($"The upload is {answer.Status ?? "not complete"}, and there is no file.", answer.Raw),
        cancellationToken);

    private static FileObject WithRaw(FileObject whole, string raw)
    {
        whole.Raw = raw;
        return whole;
    }

    // Nobody waits for it, and what stays lapses by itself.
    private async Task CancelAsync(string upload)
    {
        using CancellationTokenSource time = new(TimeToCancel);
        try
        {
            await connection.SendAsync(
                settings with { AdditionalBody = null, MaxRetry = 0 }, (call, token) => Api.CancelAsync(upload, call, token), static (answer, _) => answer, time.Token);
        }
        catch (Exception exception) when (exception is ChatServiceException or OperationCanceledException)
        {
            Verbose($"The upload {upload} was not cancelled; it lapses by itself.");
        }
    }

    private async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        // What the API asks for: it finds damage, and protects from nobody.
#pragma warning disable CA5351
        using MD5 md5 = MD5.Create();
#pragma warning restore CA5351
        using FileStream stream = new(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read, HashBuffer, FileOptions.SequentialScan);
        byte[] buffer = new byte[HashBuffer];
        int read;
        while ((read = await stream.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
        {
            md5.TransformBlock(buffer, 0, read, null, 0);
        }

        md5.TransformFinalBlock(buffer, 0, 0);
        return FileCalls.Hex(md5.Hash!);
    }

    private void RequireSame(string version)
    {
        if (FileCalls.VersionOf(file.Path) != version)
        {
            throw Failures.Invalid($"'{file.Path}' was changed while it was uploaded.", "Upload it again when nothing writes to it any more.");
        }
    }

    private void Verbose(string line) => settings.Verbose?.Invoke(Printable.Text(line));
}
