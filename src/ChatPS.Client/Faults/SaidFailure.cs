namespace ChatPS.Client.Faults;

/// <summary>What a service said of a failure, as far as its meaning goes.</summary>
/// <param name="Status">The HTTP status; 0 where it came under a status of success, or in a stream.</param>
/// <param name="Code">The service's code.</param>
/// <param name="Type">The kind of error, as the service calls it.</param>
/// <param name="Message">The text.</param>
/// <param name="Body">The whole answer: its form shows the vendor.</param>
/// <param name="Host">Who answered.</param>
internal sealed record SaidFailure(int Status, string? Code, string? Type, string Message, string Body, string Host);
