using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using ChatPS.Client.Connections;
using ChatPS.Secrecy;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Connections;

/// <summary>Whatever option a connection has or will have: it is kept, and shown.</summary>
public sealed class ConnectionOptionsTests : IDisposable
{
    private static readonly PropertyInfo[] All = typeof(ConnectionOptions).GetProperties();

    // They are kept, and seen in what is sent.
    private static readonly string[] NotShown = ["ApiVersion", "KeyHeader", "NoProxy"];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));

    public static TheoryData<string> Options => [.. All.Select(option => option.Name)];

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Theory]
    [MemberData(nameof(Options))]
    public void Option_SavedAndLoaded_IsTheSameAndShown(string name)
    {
        PropertyInfo option = typeof(ConnectionOptions).GetProperty(name)!;
        ConnectionSettings settings = new() { Dialect = KnownDialects.Anthropic };
        Assert.NotEqual(Sample(option), option.GetValue(settings));
        option.SetValue(settings, Sample(option));
        List<string> leftOut = [];
        ProfileStore store = new(_folder);

        store.Save(ConnectionProfile.From(settings, leftOut), overwrite: false);
        ConnectionProfile profile = store.Load(settings.Name);
        ConnectionSettings again = new(profile) { Dialect = KnownDialects.Find(profile.Dialect, "The profile") };

        Assert.Empty(leftOut);
        Assert.Equal(KnownDialects.Anthropic, again.Dialect);
        Assert.All(All, each => Assert.Equal(each.GetValue(settings), each.GetValue(again)));
        Assert.Equal(Sample(option), option.GetValue(again));
        Assert.Equal(NotShown.Contains(name) ? null : Shown(Sample(option)), Described(option, settings.Describe(isDefault: true, isIsolated: false)));
        Assert.Equal(NotShown.Contains(name) ? null : Shown(Sample(option)), Described(option, profile.Describe()));
    }

    [Fact]
    public void Options_All_AreOfPlainTypesThatHideNoSecret()
    {
        Type[] plain = [typeof(string), typeof(bool), typeof(int), typeof(int?), typeof(Uri), typeof(TimeSpan), typeof(Version), typeof(IReadOnlyList<string>), typeof(IReadOnlyDictionary<string, string>)];

        Assert.All(All, option => Assert.Contains(option.PropertyType, plain));
        Assert.Equal(["KeyHeader"], All.Select(option => option.Name).Where(name => SecretNames.IsField(name)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Load_ProxyThatSpeaksSocks_IsKept()
    {
        ProfileStore store = new(_folder);
        store.Save(ConnectionProfile.From(new ConnectionSettings { Dialect = KnownDialects.OpenAI, Name = "prod", Proxy = new Uri("socks5://proxy.example:1080") }, []), overwrite: false);

        Assert.Equal("socks5://proxy.example:1080", store.Load("prod").Proxy!.OriginalString.TrimEnd('/'));
    }

    [Fact]
    public void Load_FileOfTheFirstRelease_SaysTheSame()
    {
        Directory.CreateDirectory(_folder);
        new ProfileStore(_folder).Save(new ConnectionProfile { Name = "prod", BaseUri = new Uri("https://a.example") }, overwrite: false);
        File.WriteAllText(
            Path.Combine(_folder, "prod.json"),
            """
            {
              "format": "chatps-connection",
              "version": 1,
              "name": "old",
              "provider": "Groq",
              "dialect": "Responses",
              "baseUri": "https://api.groq.com/openai/v1",
              "apiVersion": "2025-01-01",
              "keyHeader": "X-Key",
              "key": {
                "secretName": "groq",
                "vaultName": "Work"
              },
              "model": "m",
              "organization": "o",
              "project": "p",
              "timeoutSec": 12.5,
              "maxRetry": 0,
              "requestsPerMinute": 60,
              "tokensPerMinute": 9000,
              "additionalHeader": {
                "X-A": "ä'1"
              },
              "allowInsecure": true,
              "proxy": null,
              "noProxy": true,
              "proxyBypass": [
                "internal.example"
              ],
              "minimumTlsVersion": "1.3",
              "certificateAuthorityPath": "/etc/ca.pem",
              "addedLater": 1
            }
            """);

        ConnectionProfile profile = new ProfileStore(_folder).Load("prod");

        Assert.Equal(
            new ConnectionProfile
            {
                Name = "prod",
                Provider = "Groq",
                Dialect = "Responses",
                BaseUri = new Uri("https://api.groq.com/openai/v1"),
                ApiVersion = "2025-01-01",
                KeyHeader = "X-Key",
                HasKey = true,
                Key = new KeyOrigin { SecretName = "groq", VaultName = "Work" },
                Model = "m",
                Organization = "o",
                Project = "p",
                Timeout = TimeSpan.FromSeconds(12.5),
                MaxRetry = 0,
                RequestsPerMinute = 60,
                TokensPerMinute = 9000,
                AdditionalHeader = profile.AdditionalHeader,
                AllowInsecure = true,
                NoProxy = true,
                ProxyBypass = profile.ProxyBypass,
                MinimumTlsVersion = new Version(1, 3),
                MaxResponseSizeMB = ConnectionOptions.DefaultMaxResponseSizeMB,
                CertificateAuthorityPath = "/etc/ca.pem",
            },
            profile);
        Assert.Equal("ä'1", profile.AdditionalHeader["x-a"]);
        Assert.Equal(["internal.example"], profile.ProxyBypass);
        Assert.Contains("\"X-A\": \"ä'1\"", ProfileFile.Write(profile), StringComparison.Ordinal);
    }

    private static object Sample(PropertyInfo option) =>
        option.PropertyType == typeof(string) ? "sample-" + option.Name
        : option.PropertyType == typeof(bool) ? true
        : option.PropertyType == typeof(int) || option.PropertyType == typeof(int?) ? 77
        : option.PropertyType == typeof(Uri) ? new Uri("https://sample.example:8080/v1")
        : option.PropertyType == typeof(TimeSpan) ? TimeSpan.FromSeconds(12.5)
        : option.PropertyType == typeof(Version) ? new Version(1, 3)
        : option.PropertyType == typeof(IReadOnlyList<string>) ? new List<string> { "a.example", "b.example" }
        : option.PropertyType == typeof(IReadOnlyDictionary<string, string>) ? new Dictionary<string, string> { ["X-A"] = "1" }
        : throw new NotSupportedException($"There is no sample of {option.PropertyType} for {option.Name} yet.");

    private static object? Described(PropertyInfo option, ChatConnection connection) =>
        typeof(ChatConnection).GetProperties().FirstOrDefault(property => string.Equals(property.Name, option.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? option.Name, StringComparison.OrdinalIgnoreCase))?.GetValue(connection);

    private static object Shown(object value) => value switch
    {
        TimeSpan span => span.TotalSeconds,
        Version version => version.ToString(),
        IReadOnlyDictionary<string, string> headers => headers.Keys.ToArray(),
        IEnumerable and not string => ((IEnumerable<string>)value).ToArray(),
        _ => value,
    };
}
