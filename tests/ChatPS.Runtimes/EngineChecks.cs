#if NET8_0_OR_GREATER
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
#endif
using System.Reflection;
#if NET8_0_OR_GREATER
using System.Runtime.Loader;
using System.Text;
#endif
using ChatPS.Client.Calls;
using ChatPS.Client.Chat;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Models;
using ChatPS.Client.Moderation;
using ChatPS.Client.Providers;
using ChatPS.Module;
using ChatPS.Sandbox;

namespace ChatPS.Runtimes;

/// <summary>What a runtime could get wrong: all that the engine loads, and bodies that stall or have no end.</summary>
internal static class EngineChecks
{
    private const string Prompt = "hello";
    private const string Echo = "You said: " + Prompt;

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly SandboxFault Stall = new() { Kind = SandboxFaultKind.Stall };
    private static readonly SandboxRule Large = new() { Response = new string('x', 2 * 1024 * 1024) };

    private delegate Task<string> Ask(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken);

    public static IReadOnlyList<KeyValuePair<string, Func<Task>>> All { get; } =
    [
        new("a whole answer", () => AnswersAsync(KnownDialects.OpenAI, WholeAsync)),
        new("a streamed answer", () => AnswersAsync(KnownDialects.OpenAI, StreamedAsync)),
        new("Responses", () => AnswersAsync(KnownDialects.Responses, WholeAsync)),
        new("Anthropic", () => AnswersAsync(KnownDialects.Anthropic, WholeAsync)),
        new("Gemini", () => AnswersAsync(KnownDialects.Gemini, WholeAsync)),
        new("the list of models", ModelsAsync),
        new("a moderation", ModerationAsync),
        new("a 503 that is tried again", RetryAsync),
        new("a whole answer that stalls, until the time limit", () => EndsAtTheLimitAsync(WholeAsync)),
        new("a streamed answer that stalls, until the time limit", () => EndsAtTheLimitAsync(StreamedAsync)),
        new("a whole answer that stalls, until it is cancelled", () => EndsWhenCancelledAsync(WholeAsync)),
        new("a streamed answer that stalls, until it is cancelled", () => EndsWhenCancelledAsync(StreamedAsync)),
        new("a whole answer that is too large", () => EndsAtTheSizeAsync(WholeAsync)),
        new("a streamed answer that is too large", () => EndsAtTheSizeAsync(StreamedAsync)),
#if NET8_0_OR_GREATER
        new("a whole answer that is cancelled as it is unpacked", () => EndsWhileUnpackedAsync("application/json", WholeAsync)),
        new("a streamed answer that is cancelled as it is unpacked", () => EndsWhileUnpackedAsync("text/event-stream", StreamedAsync)),
#endif
        new("the engine's assemblies, each from its place", PlacesAsync),
    ];

    private static async Task AnswersAsync(Dialect dialect, Ask ask)
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Connect(server, dialect: dialect);

        Same(Echo, await ask(connection, CallSettings.None, CancellationToken.None));
    }

    private static async Task ModelsAsync()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Connect(server);

        IReadOnlyList<ChatModel> models = await connection.Models.ListAsync(CallSettings.None, CancellationToken.None);

        Same(string.Join(",", server.Options.Models), string.Join(",", models.Select(model => model.Id)));
    }

    private static async Task ModerationAsync()
    {
        using SandboxServer server = SandboxServer.Start();
        using ServiceConnection connection = Connect(server);

        IReadOnlyList<ChatModeration> results = await connection.Moderations.ModerateAsync(
            [new ModerationItem { Text = "I will kill you" }, new ModerationItem { Text = Prompt }], model: null, CallSettings.None, CancellationToken.None);

        Same("True,False", string.Join(",", results.Select(result => result.Flagged)));
    }

    private static async Task RetryAsync()
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [new SandboxFault { StatusCode = 503, RetryAfter = TimeSpan.Zero, Times = 1 }] });
        using ServiceConnection connection = Connect(server, maxRetry: 1);

        Same(Echo, await WholeAsync(connection, CallSettings.None, CancellationToken.None));
        Same(2L, server.RequestCount);
    }

    private static async Task EndsAtTheLimitAsync(Ask ask)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [Stall] });
        using ServiceConnection connection = Connect(server, timeout: Limit);

        ChatServiceException failure = await FailAsync(ask(connection, CallSettings.None, CancellationToken.None));

        Same(ErrorIds.Timeout, failure.ErrorId);
    }

    private static async Task EndsWhenCancelledAsync(Ask ask)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Faults = [Stall] });
        using ServiceConnection connection = Connect(server);
        using CancellationTokenSource stop = new(Limit);

        try
        {
            await ask(connection, CallSettings.None, stop.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        throw new InvalidOperationException("It was answered.");
    }

    private static async Task EndsAtTheSizeAsync(Ask ask)
    {
        using SandboxServer server = SandboxServer.Start(new SandboxOptions { Rules = [Large] });
        using ServiceConnection connection = Connect(server, maxResponseSizeMB: 1);

        ChatServiceException failure = await FailAsync(ask(connection, CallSettings.None, CancellationToken.None));

        Same(ErrorIds.BadResponse, failure.ErrorId);
        Same(true, failure.RecommendedAction.Contains("-MaxResponseSizeMB"));
    }

#if NET8_0_OR_GREATER
    // What unpacks a body holds memory that the runtime does not guard: to take the body away from under it ends the process.
    private static async Task EndsWhileUnpackedAsync(string type, Ask ask)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        _ = PackForeverAsync(listener, type);
        using ServiceConnection connection = Connect(new Uri($"http://{listener.LocalEndpoint}/v1"), maxResponseSizeMB: 500);
        for (int i = 0; i < 60; i++)
        {
            using CancellationTokenSource stop = new(TimeSpan.FromMilliseconds(10 + i));
            try
            {
                await ask(connection, CallSettings.None, stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or ChatServiceException { ErrorId: ErrorIds.BadResponse })
            {
                // On a busy machine a limit of its size can come before.
                continue;
            }

            throw new InvalidOperationException("It was answered.");
        }
    }

    private static async Task PackForeverAsync(TcpListener listener, string type)
    {
        while (true)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            try
            {
                NetworkStream stream = client.GetStream();
                _ = await stream.ReadAsync(new byte[64 * 1024]);
                await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: {type}\r\nContent-Encoding: gzip\r\nConnection: close\r\n\r\n"));
                using GZipStream packed = new(stream, CompressionLevel.Fastest);
                byte[] piece = Encoding.ASCII.GetBytes(": " + new string(' ', 64 * 1024) + "\n\n");
                while (true)
                {
                    await packed.WriteAsync(piece);
                }
            }
            catch (IOException)
            {
                // The caller has hung up.
            }
        }
    }
#endif

    private static Task PlacesAsync()
    {
        string folder = Path.GetDirectoryName(typeof(EngineResolver).Assembly.Location)!;
        foreach (string name in (string[])["ChatPS.Client", "ChatPS.Sandbox", "Refit", "Polly.Core"])
        {
            Assembly assembly = AppDomain.CurrentDomain.GetAssemblies().Single(loaded => loaded.GetName().Name == name);
            Same(true, assembly.Location.StartsWith(folder, StringComparison.Ordinal));
        }

#if NET8_0_OR_GREATER
        string engine = Path.Combine(folder, "engine");
        Same("", string.Join(",", AssemblyLoadContext.Default.Assemblies.Where(assembly => assembly.Location.StartsWith(engine, StringComparison.Ordinal))));

        // .NET has had the version that Microsoft.Extensions asks for since 10.
        AssemblyLoadContext context = AssemblyLoadContext.All.Single(context => context.Name == "ChatPS");
        Same(Environment.Version.Major < 10, context.Assemblies.Any(assembly => assembly.GetName().Name == "System.Diagnostics.DiagnosticSource"));
#endif
        return Task.CompletedTask;
    }

    private static ServiceConnection Connect(SandboxServer server, Dialect? dialect = null, TimeSpan? timeout = null, int maxRetry = 0, int maxResponseSizeMB = 100) =>
        Connect(server.BaseUri, dialect, timeout, maxRetry, maxResponseSizeMB);

    private static ServiceConnection Connect(Uri address, Dialect? dialect = null, TimeSpan? timeout = null, int maxRetry = 0, int maxResponseSizeMB = 100) => new(new ConnectionSettings
    {
        BaseUri = address,
        Dialect = dialect ?? KnownDialects.OpenAI,
        Model = "sandbox-mini",
        Timeout = timeout ?? ConnectionSettings.DefaultTimeout,
        MaxRetry = maxRetry,
        MaxResponseSizeMB = maxResponseSizeMB,
    });

    private static async Task<string> WholeAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken) =>
        (await connection.Chat.CompleteAsync(Request(), settings, cancellationToken)).Text;

    private static async Task<string> StreamedAsync(ServiceConnection connection, CallSettings settings, CancellationToken cancellationToken)
    {
        List<ChatCompletionUpdate> updates = [];
        await foreach (ChatCompletionUpdate update in connection.Chat.StreamAsync(Request(), settings, cancellationToken))
        {
            updates.Add(update);
        }

        Same(true, updates.Count > 2);
        return updates.Single(update => update.Completion is not null).Completion!.Text;
    }

    private static ChatRequest Request() => new() { Messages = [new ChatMessage("user", Prompt)] };

    private static async Task<ChatServiceException> FailAsync(Task<string> call)
    {
        try
        {
            await call;
        }
        catch (ChatServiceException failure)
        {
            return failure;
        }

        throw new InvalidOperationException("It was answered.");
    }

    private static void Same<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"{expected} was expected, {actual} came.");
        }
    }
}
