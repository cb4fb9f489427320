namespace ChatPS.Client.Calls;

/// <summary>A file is not what it was when its request was made: the service is not to blame, and sending it again does not help.</summary>
/// <param name="message">What has become of it.</param>
/// <param name="innerException">What noticed it.</param>
internal sealed class ChangedFileException(string message, Exception? innerException = null) : IOException(message, innerException);
