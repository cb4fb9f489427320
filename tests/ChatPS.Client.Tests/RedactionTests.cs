using System.Collections;
using System.Reflection;
using ChatPS.Client.Calls;
using ChatPS.Client.Connections;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests;

/// <summary>The key is nowhere but in the request's header.</summary>
public sealed class RedactionTests
{
    public static TheoryData<string> Keys => ["sk-test-0123456789abcdef", "sk-test+0123/4567==", "sk-test-<&\"'>-key"];

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Failure_AnswerThatQuotesTheKey_IsMaskedEverywhere(string key)
    {
        string quoted = System.Text.Json.JsonEncodedText.Encode($"Bearer {key} is wrong").ToString();
        string slashed = key.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("/", "\\/");
        string[] bodies =
        [
            $$$"""{"error":{"message":"{{{quoted}}}","code":"{{{quoted}}}","param":"{{{slashed}}}"}}""",
            $"plain text about {key}",
            $"<html><title>{key}</title></html>",
        ];
        foreach (string body in bodies)
        {
            foreach (int status in new[] { 401, 429, 500, 200 })
            {
                using RawServer server = RawServer.Answering(status, body, "application/json", $"x-request-id: {key}");
                using ServiceConnection connection = Engine.Connect(server, key);

                AssertClean(await connection.FailAsync(), key);
                AssertClean(await connection.FailStreamAsync(), key);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Failure_StreamThatQuotesTheKey_IsMaskedEverywhere(string key)
    {
        string[] ends = [Engine.Event($$$"""{"error":{"message":{{{Engine.Json(key)}}}}}"""), $"event: error\ndata: {key}\n\n", Engine.Event($"{{ {key}"), ""];
        foreach (string end in ends)
        {
            using RawServer server = RawServer.Streaming(Engine.Event(Engine.Text($"your key is {key}.")), end);
            using ServiceConnection connection = Engine.Connect(server, key);

            ChatServiceException failure = await connection.FailStreamAsync();

            Assert.StartsWith("your key is ", failure.PartialText, StringComparison.Ordinal);
            AssertClean(failure, key);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Failure_OfAnyKind_CarriesNeitherRequestNorKey(string key)
    {
        Func<RawExchange, Task>[] faults =
        [
            exchange =>
            {
                exchange.Reset();
                return Task.CompletedTask;
            },
            RawServer.Answer(200, "{"),
            RawServer.Answer(200, "[]"),
            RawServer.Answer(404, ""),
            exchange => exchange.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"HTTP/1.1 {key}\r\n\r\n")),
        ];
        foreach (Func<RawExchange, Task> fault in faults)
        {
            using RawServer server = RawServer.Start(fault);
            using ServiceConnection connection = Engine.Connect(server, key);

            AssertClean(await connection.FailAsync(), key);
        }
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public async Task Verbose_CallWithRetries_NamesNoKey(string key)
    {
        List<string> lines = [];
        using RawServer server = RawServer.Start(
            RawServer.Answer(500, key, "text/plain", $"x-request-id: {key}", "retry-after-ms: 0"),
            RawServer.Answer(200, Engine.Answer(key)));
        using ServiceConnection connection = Engine.Connect(server, key, maxRetry: 1);

        ChatCompletion answer = await connection.CompleteAsync(settings: new CallSettings { Verbose = lines.Add, AdditionalQuery = new Dictionary<string, string> { ["key"] = key } });

        Assert.Equal(5, lines.Count);
        Assert.All(lines, line => Assert.DoesNotContain(key, line, StringComparison.Ordinal));
        Assert.DoesNotContain(key, answer.Raw, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sk-test+a/b c==0123")]
    [InlineData("sid=sk-test-0123456789; lang=en-GB")]
    [InlineData("AWS4-HMAC-SHA256 Credential=sk-test-0123/2026, Signature=sk-test-4567")]
    [InlineData("pässwörd sk-test-äöü")]
    public async Task Failure_AnswerThatQuotesWhatTheCallAdds_IsMaskedInAnyForm(string secret)
    {
        string[] forms = [secret, Uri.EscapeDataString(secret), .. secret.Split([' ', ';', ','], StringSplitOptions.RemoveEmptyEntries).Where(word => word.Contains("sk-test", StringComparison.Ordinal))];
        using RawServer server = RawServer.Answering(400, $"You sent: {string.Join(" | ", forms)}", "text/plain; charset=utf-8");
        using ServiceConnection connection = Engine.Connect(server);

        ChatServiceException failure = await Assert.ThrowsAsync<ChatServiceException>(
            () => connection.CompleteAsync(settings: new CallSettings { AdditionalQuery = new Dictionary<string, string> { ["token"] = secret } }));

        Assert.All(forms, form => Assert.DoesNotContain(form, failure.Message, StringComparison.Ordinal));
        Assert.Contains("You sent: ****", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Connection_KeepsTheKeyToItself()
    {
        using ServiceConnection connection = new(new ConnectionSettings
        {
            Dialect = KnownDialects.OpenAI,
            BaseUri = new Uri("https://example.com/v1"),
            Key = Engine.Secret(Engine.Key),
            AdditionalHeader = new Dictionary<string, string> { ["api-key"] = Engine.Key },
        });

        ChatConnection description = ConnectionRegistry.Describe(connection, isDefault: true, isolated: false);

        Assert.Equal("Parameter", description.KeySource);
        Assert.Equal(["api-key"], description.AdditionalHeader);
        AssertClean(description, Engine.Key);
    }

    /// <summary>Looks for the key in all that can be read from an object, as whoever serialises it whole would.</summary>
    private static void AssertClean(object root, string key)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Look(root, root.GetType().Name, 0);

        void Look(object? value, string path, int depth)
        {
            if (value is null or Type or Assembly or MemberInfo or Module || depth > 8 || (!value.GetType().IsValueType && !seen.Add(value)))
            {
                return;
            }

            Assert.False(value.ToString()?.Contains(key, StringComparison.Ordinal), path);
            if (value is string or Uri || value.GetType().IsPrimitive || value.GetType().IsEnum)
            {
                return;
            }

            if (value is IEnumerable items)
            {
                foreach (object? item in items)
                {
                    Look(item, path + "[]", depth + 1);
                }
            }

            foreach (PropertyInfo property in value.GetType().GetProperties().Where(property => property.GetIndexParameters().Length == 0))
            {
                object? inner;
                try
                {
                    inner = property.GetValue(value);
                }
                catch (TargetInvocationException)
                {
                    continue;
                }

                Assert.False(inner is HttpRequestMessage or HttpResponseMessage, $"{path}.{property.Name} carries the message");
                Look(inner, $"{path}.{property.Name}", depth + 1);
            }
        }
    }
}
