using ChatPS.Client.Faults;

namespace ChatPS.Client.Similarity;

/// <summary>What can be wrong with a file of vectors.</summary>
internal static class VectorFileFaults
{
    public static ChatServiceException Foreign(string path) =>
        Failures.Invalid($"-Path: '{path}' is no file of vectors.", "Give a file that Export-ChatEmbedding wrote.");

    public static ChatServiceException Empty(string path) =>
        Failures.Invalid($"-Path: '{path}' is empty.", "Write it with Export-ChatEmbedding -Append, or make it anew with -Force.");

    public static ChatServiceException Newer(string path) =>
        Failures.Invalid($"-Path: '{path}' was written by a newer ChatPS.", "Update ChatPS, or make the file anew with Export-ChatEmbedding -Force.");

    public static ChatServiceException Damaged(string path, string what) =>
        Failures.Invalid($"-Path: '{path}' is damaged: {what}.", "Take it from a backup, or make it anew with Export-ChatEmbedding -Force.");

    public static ChatServiceException Changed(string path) =>
        Failures.Invalid($"-Path: '{path}' was made shorter while it was read.", "Run the command again. Put a new file in its place by renaming it, as Export-ChatEmbedding -Force does, not by copying over it.");

    public static ChatServiceException Missing(string path) =>
        Failures.Invalid($"-Path: there is no file '{path}'.", "Check the path; Export-ChatEmbedding makes such a file.");

    public static ChatServiceException Unusable(string path, Exception exception) => IsLocked(exception)
        ? Failures.Invalid($"-Path: '{path}' is in use: another run writes to it or searches it.", "Wait until it ends, or use another file.", exception)
        : Failures.Invalid($"-Path: '{path}' cannot be used: {exception.Message}", "Check the path, its permissions and the free space.", exception);

    // ERROR_SHARING_VIOLATION and ERROR_LOCK_VIOLATION on Windows, ERROR_USER_MAPPED_FILE; EAGAIN on Linux, on macOS.
    private static bool IsLocked(Exception exception) => exception is IOException && (exception.HResult & 0xFFFF) is 32 or 33 or 1224 or 11 or 35;
}
