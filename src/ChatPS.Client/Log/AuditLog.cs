using System.Collections.Concurrent;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Log;

/// <summary>
/// The log of a connection: one line for each call. What cannot be entered is kept, and nothing further is sent until it is:
/// a log with gaps would be none. Safe for many threads and processes.
/// </summary>
internal sealed class AuditLog
{
    private readonly string _path;
    private readonly AuditFile _file;
    private readonly object _writing = new();
    private readonly ConcurrentQueue<byte[]> _waiting = [];
    private volatile Exception? _failure;

    private AuditLog(string path, LogContent content, long limit)
    {
        _path = path;
        _file = new AuditFile(path, limit);
        Content = content;
    }

    /// <summary>Gets what is entered of prompts and answers.</summary>
    public LogContent Content { get; }

    /// <summary>Opens a log, and makes its file if there is none.</summary>
    /// <param name="path">The full path.</param>
    /// <param name="content">What is entered of prompts and answers.</param>
    /// <param name="limit">How many bytes a file has at most before the next one begins.</param>
    /// <returns>The log.</returns>
    /// <exception cref="ChatServiceException">The file cannot be written.</exception>
    public static AuditLog Open(string path, LogContent content, long limit = AuditFile.StandardLimit)
    {
        AuditLog log = new(path, content, limit);
        try
        {
            log._file.Append([]);
            return log;
        }
        catch (Exception exception) when (IsFailure(exception))
        {
            throw new ChatServiceException(
                ErrorIds.LogFailed, $"-LogPath: '{path}' cannot be written: {exception.Message}", "Name a file in a folder that is there and that this account can write to.", exception);
        }
    }

    /// <summary>Enters a call.</summary>
    /// <param name="entry">The call.</param>
    /// <returns>Why it could not be entered, if it is the first that could not; else null.</returns>
    public string? Enter(ChatLogEntry entry)
    {
        _waiting.Enqueue(AuditLine.Write(entry));
        bool hadFailed = _failure is not null;
        TryWrite();
        return _failure is { } failure && !hadFailed
            ? $"The log '{_path}' cannot be written: {failure.Message} This call is not in it yet; nothing further is sent until it is."
            : null;
    }

    /// <summary>Finds out, before anything is sent, whether it can be entered.</summary>
    /// <exception cref="ChatServiceException">What was sent before could not be entered yet.</exception>
    public void RequireWritable()
    {
        if (_failure is null)
        {
            return;
        }

        TryWrite();
        if (_failure is { } failure)
        {
            throw new ChatServiceException(
                ErrorIds.LogFailed,
                FormattableString.Invariant($"The log '{_path}' cannot be written: {failure.Message} {_waiting.Count} calls are not in it yet, and nothing further is sent until they are."),
                "Make room, or correct the permissions of the file and its folder, and go on. To go on without the log, connect again without -LogPath.",
                failure);
        }
    }

    // Whoever comes first writes for all who wait.
    private void TryWrite()
    {
        lock (_writing)
        {
            byte[][] lines = [.. _waiting];
            if (lines.Length == 0)
            {
                return;
            }

            try
            {
                _file.Append(Join(lines));
                for (int written = 0; written < lines.Length; written++)
                {
                    _waiting.TryDequeue(out _);
                }

                _failure = null;
            }
            catch (Exception exception) when (IsFailure(exception))
            {
                _failure = exception;
            }
        }
    }

    private static byte[] Join(byte[][] lines)
    {
        if (lines.Length == 1)
        {
            return lines[0];
        }

        using MemoryStream all = new();
        foreach (byte[] line in lines)
        {
            all.Write(line, 0, line.Length);
        }

        return all.ToArray();
    }

    private static bool IsFailure(Exception exception) => exception is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException;
}
