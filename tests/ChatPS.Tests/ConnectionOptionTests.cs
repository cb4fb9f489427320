using System.Reflection;
using System.Text.Json.Serialization;
using ChatPS.Client.Connections;
using ChatPS.Commands;

namespace ChatPS.Tests;

public sealed class ConnectionOptionTests
{
    [Fact]
    public void Options_All_AreParametersOfConnectChatService() => Assert.Subset(
        Surface.Parameters(typeof(ConnectChatServiceCommand)).Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase),
        typeof(ConnectionOptions).GetProperties().Select(option => option.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? option.Name).ToHashSet(StringComparer.OrdinalIgnoreCase));
}
