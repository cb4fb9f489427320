using System.Buffers;
using System.Text;
using ChatPS.Api.Errors;

namespace ChatPS.Api.Wire;

/// <summary>Reads a whole body as text, up to a size, in whatever charset the service writes.</summary>
internal static class BodyReader
{
    private const int BufferSize = 16 * 1024;
    private const int MostReserved = 1024 * 1024;

    private static readonly Encoding[] Marked = [Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode];

    public static async Task<string> ReadAsync(HttpContent content, long maxBytes, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await CopyAsync(content, body, maxBytes, cancellationToken);
        return Decode(body.GetBuffer(), (int)body.Length, content.Headers.ContentType?.CharSet);
    }

    /// <summary>Copies a whole body.</summary>
    /// <param name="content">The body.</param>
    /// <param name="target">Where it goes.</param>
    /// <param name="maxBytes">The most that is read.</param>
    /// <param name="cancellationToken">Stops it, also while nothing comes.</param>
    /// <exception cref="AnswerTooLargeException">There is more of it, or more is announced.</exception>
    public static async Task CopyAsync(HttpContent content, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
#if !NET8_0_OR_GREATER
        // A read in progress does not look at the token, but ends when its stream is gone. Where reads do look at it nothing is
        // taken away from under one: what unpacks the body would go on in memory that is no longer its own.
        using var registration = cancellationToken.Register(static state => ((HttpContent)state!).Dispose(), content);
#endif
        try
        {
            await CopyStreamAsync(content, target, maxBytes, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception exception) when (exception is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    private static async Task CopyStreamAsync(HttpContent content, Stream target, long maxBytes, CancellationToken cancellationToken)
    {
#if NET8_0_OR_GREATER
        using var stream = await content.ReadAsStreamAsync(cancellationToken);
#else
        using var stream = await content.ReadAsStreamAsync();
#endif
        if (content.Headers.ContentLength is { } announced)
        {
            ThrowIfTooLarge(announced, maxBytes);
            if (target is MemoryStream { Length: 0 } memory)
            {
                // What was announced need not come.
                memory.Capacity = (int)Math.Min(announced, MostReserved);
            }
        }

        long copied = 0;

        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            int read;
#if NET8_0_OR_GREATER
            while ((read = await stream.ReadAsync(buffer.AsMemory(), cancellationToken)) > 0)
#else
            while ((read = await stream.ReadAsync(buffer, 0, buffer.Length, cancellationToken)) > 0)
#endif
            {
                ThrowIfTooLarge(copied += read, maxBytes);
                target.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static void ThrowIfTooLarge(long bytes, long maxBytes)
    {
        if (bytes > Math.Min(maxBytes, int.MaxValue))
        {
            throw new AnswerTooLargeException(maxBytes);
        }
    }

    /// <summary>Makes text of a body.</summary>
    /// <param name="bytes">The body, from the first byte on.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="charset">The charset that it is labelled with; a mark at its beginning goes before.</param>
    public static string Decode(byte[] bytes, int length, string? charset)
    {
        foreach (var marked in Marked)
        {
            var mark = marked.GetPreamble();
            if (bytes.AsSpan(0, length).StartsWith(mark))
            {
                return marked.GetString(bytes, mark.Length, length - mark.Length);
            }
        }

        return Charset(charset).GetString(bytes, 0, length);
    }

    private static Encoding Charset(string? name)
    {
        if (name?.Trim('"', '\'', ' ') is not { Length: > 0 } charset)
        {
            return Encoding.UTF8;
        }

        try
        {
#if NET8_0_OR_GREATER
            if (CodePagesEncodingProvider.Instance.GetEncoding(charset) is { } encoding)
            {
                return encoding;
            }
#endif
            return Encoding.GetEncoding(charset);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8;
        }
    }
}
