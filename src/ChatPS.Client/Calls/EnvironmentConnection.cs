using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Usage;

namespace ChatPS.Client.Calls;

/// <summary>The connection that the environment variables describe, made anew where they have changed.</summary>
/// <param name="standard">How a service is spoken to of which they say no more.</param>
internal sealed class EnvironmentConnection(Dialect standard)
{
    private (string? Key, string? Address, string? Model) _variables;
    private ServiceConnection? _connection;

    /// <summary>Gets the connection.</summary>
    /// <param name="usage">Where its calls are entered.</param>
    /// <param name="retire">Takes the one that the variables no longer describe.</param>
    /// <returns>The connection.</returns>
    /// <exception cref="ChatServiceException">The variables describe none.</exception>
    public ServiceConnection Get(UsageLedger usage, Action<ServiceConnection> retire)
    {
        (string? Key, string? Address, string? Model) now = (
            Environment.GetEnvironmentVariable("OPENAI_API_KEY"),
            Environment.GetEnvironmentVariable("OPENAI_BASE_URL"),
            Environment.GetEnvironmentVariable("OPENAI_MODEL"));
        if (_connection is not null && now == _variables)
        {
            return _connection;
        }

        Uri address = string.IsNullOrWhiteSpace(now.Address) ? BaseAddress.OpenAI : BaseAddress.Parse(now.Address!, "OPENAI_BASE_URL", standard);
        if (string.IsNullOrEmpty(now.Key) && address == BaseAddress.OpenAI)
        {
            throw new ChatServiceException(
                ErrorIds.AuthenticationFailed,
                "There is no connection, and the environment variable OPENAI_API_KEY is not set.",
                "Use Connect-ChatService, or set OPENAI_API_KEY (and OPENAI_BASE_URL for a service other than OpenAI's). To try without a key: Connect-ChatService -Sandbox.");
        }

        ServiceConnection connection = new(
            new ConnectionSettings
            {
                Name = ConnectionSettings.EnvironmentName,
                Dialect = standard,
                BaseUri = address,
                Key = ApiKey.FromEnvironment("OPENAI_API_KEY"),
                Model = now.Model,
                TellsRetirement = address == BaseAddress.OpenAI,
            },
            usage);
        if (_connection is not null)
        {
            retire(_connection);
        }

        _variables = now;
        return _connection = connection;
    }

    /// <summary>Gives the connection away, if there is one.</summary>
    /// <returns>The connection; null for none.</returns>
    public ServiceConnection? Take()
    {
        ServiceConnection? connection = _connection;
        _connection = null;
        return connection;
    }
}
