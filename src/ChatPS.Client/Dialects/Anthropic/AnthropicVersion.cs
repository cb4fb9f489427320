using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;

namespace ChatPS.Client.Dialects.Anthropic;

/// <summary>
/// The version of the API that a connection speaks. Without <c>-ApiVersion</c> it is the first one, which is served everywhere and
/// takes all that scripts give. One that is not known here goes out as it is.
/// </summary>
internal static class AnthropicVersion
{
    /// <summary>The header that names it.</summary>
    public const string Header = "anthropic-version";

    /// <summary>The first version.</summary>
    public const string First = "2023-06-01";

    /// <summary>The version from which on nothing can be said about how tokens are chosen.</summary>
    public const string WithoutSampling = "2026-10-21";

    /// <summary>Finds the version of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The version.</returns>
    public static string Of(ConnectionSettings connection) =>
        connection.AdditionalHeader.FirstOrDefault(header => string.Equals(header.Key, Header, StringComparison.OrdinalIgnoreCase)).Value ?? connection.ApiVersion ?? First;

    /// <summary>Finds what the version does not take, before anything is sent.</summary>
    /// <param name="request">The request.</param>
    /// <param name="connection">The connection.</param>
    /// <exception cref="ChatServiceException">The request gives something of that.</exception>
    public static void Require(ChatRequest request, ConnectionSettings connection)
    {
        string version = Of(connection);
        if (version != WithoutSampling)
        {
            return;
        }

        string? parameter = request.Temperature is not null ? "-Temperature" : request.TopP is not null ? "-TopP" : request.TopK is not null ? "-TopK" : null;
        if (parameter is not null)
        {
            throw Failures.Invalid($"{parameter}: version {version} of the API does not take it, whatever its value (connection '{connection.Name}').", Without(parameter));
        }

        if (request.AllMessages.Any(message => message.Role == "assistant" && message.Content.Any(part => part.Type == "file")))
        {
            throw Failures.Invalid(
                $"A message of role 'assistant' holds a file; version {version} of the API takes files from the user only (connection '{connection.Name}').",
                "Put the file into a message of role user.");
        }
    }

    /// <summary>Tells what to do about a parameter that the version does not take.</summary>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The advice.</returns>
    public static string Without(string parameter) => $"Leave out {parameter}, or connect with -ApiVersion {First}, which takes it where the model does.";
}
