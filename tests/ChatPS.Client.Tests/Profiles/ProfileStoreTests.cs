using ChatPS.Client.Connections;
using ChatPS.Client.Profiles;
using ChatPS.Client.Providers;

namespace ChatPS.Client.Tests.Profiles;

public sealed class ProfileStoreTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"), "connections");
    private readonly ProfileStore _store;

    public ProfileStoreTests() => _store = new ProfileStore(_folder);

    public void Dispose()
    {
        string root = Path.GetDirectoryName(_folder)!;
        if (Directory.Exists(root))
        {
            Directory.Delete(root, recursive: true);
        }
    }

    [Fact]
    public void Load_WhatWasSaved_IsTheSame()
    {
        ConnectionProfile profile = ConnectionProfile.From(
            new ConnectionSettings
            {
                Dialect = KnownDialects.OpenAI,
                Name = "prod",
                Provider = "Groq",
                BaseUri = new Uri("https://api.groq.com/openai/v1"),
                KeyHeader = "X-Key",
                Key = ApiKey.FromScript("Get-Key 'a'", _ => throw new InvalidOperationException()),
                Model = "m",
                Organization = "o",
                Project = "p",
                Timeout = TimeSpan.FromSeconds(12.5),
                MaxRetry = 5,
                RequestsPerMinute = 60,
                TokensPerMinute = 9000,
                AdditionalHeader = new Dictionary<string, string> { ["X-A"] = "1" },
                AllowInsecure = true,
                Proxy = new Uri("http://proxy.example:8080"),
                NoProxy = true,
                CertificateAuthorityPath = "/etc/ca.pem",
            },
            []);

        _store.Save(profile, overwrite: false);
        ConnectionProfile read = _store.Load("PROD");

        Assert.Equal(ProfileFile.Write(profile), ProfileFile.Write(read));
        Assert.Equal("Get-Key 'a'", read.Key!.Script);
        Assert.Equal(["prod"], _store.Names);
    }

    [Fact]
    public void Save_KeysGivenAsValues_AreInNoFileAndToldOf()
    {
        List<string> leftOut = [];
        _store.Save(
            ConnectionProfile.From(
                new ConnectionSettings
                {
                    Dialect = KnownDialects.OpenAI,
                    Name = "prod",
                    Key = Engine.Secret(Engine.Key),
                    AdditionalHeader = new Dictionary<string, string> { ["X-Api-Key"] = "sk-test-header", ["X-Team"] = "ours" },
                    Proxy = new Uri("http://ann:sk-test-proxy@proxy.example:8080"),
                },
                leftOut),
            overwrite: false);

        Assert.DoesNotContain("sk-test", File.ReadAllText(Path.Combine(_folder, "prod.json")), StringComparison.Ordinal);
        Assert.Contains(leftOut, part => part.Contains("-ApiKeyVariable", StringComparison.Ordinal));
        Assert.Contains(leftOut, part => part.Contains("'X-Api-Key'", StringComparison.Ordinal));
        Assert.Contains(leftOut, part => part.Contains("-ProxyCredential", StringComparison.Ordinal));
        Assert.DoesNotContain(leftOut, part => part.Contains("sk-test", StringComparison.Ordinal));
        ConnectionProfile read = _store.Load("prod");
        Assert.True(read.HasKey);
        Assert.Null(read.Key);
        Assert.Equal(["X-Team"], read.AdditionalHeader.Keys);
        Assert.Equal("http://proxy.example:8080/", read.Proxy!.AbsoluteUri);
    }

    [Fact]
    public void Save_NameThatIsThere_NeedsOverwrite()
    {
        _store.Save(Named("prod"), overwrite: false);

        Engine.AssertInvalid(() => _store.Save(Named("Prod"), overwrite: false));
        _store.Save(Named("Prod") with { Model = "new" }, overwrite: true);

        Assert.Equal("new", _store.Load("prod").Model);
        Assert.Single(_store.Names);
    }

    [Theory]
    [InlineData("../prod")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData(".hidden")]
    [InlineData("end.")]
    [InlineData("nul")]
    [InlineData("COM1.x")]
    [InlineData("a\nb")]
    [InlineData("*")]
    [InlineData("")]
    public void Save_NameThatIsNoFileName_IsRefused(string name)
    {
        Engine.AssertInvalid(() => _store.Save(Named(name), overwrite: true));

        Assert.Empty(_store.Names);
    }

    [Theory]
    [InlineData("../connections/prod")]
    [InlineData("nowhere")]
    public void Load_NameThatIsNotThere_SaysSo(string name)
    {
        _store.Save(Named("prod"), overwrite: false);

        Assert.Contains("Get-ChatConnection -Saved", Engine.AssertInvalid(() => _store.Load(name)).RecommendedAction, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("{}", "no profile of ChatPS")]
    [InlineData("""{"format":"chatps-connection","version":1}""", "no baseUri")]
    [InlineData("""{"format":"chatps-connection","version":1,"baseUri":"file:///etc"}""", "baseUri is not an HTTP address")]
    [InlineData("""{"format":"chatps-connection","version":1,"baseUri":"https://a.example","maxRetry":"2"}""", "maxRetry is not a number")]
    [InlineData("""{"format":"chatps-connection","version":1,"baseUri":"https://a.example","key":{"script":1}}""", "script is not text")]
    [InlineData("""{"format":"chatps-connection","version":9,"baseUri":"https://a.example"}""", "newer ChatPS")]
    public void Load_DamagedFile_SaysWhatAndWhere(string json, string what)
    {
        _store.Save(Named("prod"), overwrite: false);
        string path = Path.Combine(_folder, "prod.json");
        File.WriteAllText(path, json);

        ChatServiceException failure = Engine.AssertInvalid(() => _store.Load("prod"));

        Assert.Contains(path, failure.Message, StringComparison.Ordinal);
        Assert.Contains(what, failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Load_FileThatOthersCanWrite_IsRefused(UnixFileMode loose)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _store.Save(Named("prod"), overwrite: false);
        string path = Path.Combine(_folder, "prod.json");
        UnixFileMode tight = File.GetUnixFileMode(path);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, tight);
        File.SetUnixFileMode(path, tight | loose);

        ChatServiceException failure = Engine.AssertInvalid(() => _store.Load("prod"));

        Assert.Contains("others can write", failure.Message, StringComparison.Ordinal);
        Assert.Contains("chmod 600", failure.RecommendedAction, StringComparison.Ordinal);
        File.SetUnixFileMode(path, tight);
        UnixFileMode folder = File.GetUnixFileMode(_folder);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, folder);
        File.SetUnixFileMode(_folder, folder | loose);
        Assert.Contains("its folder", Engine.AssertInvalid(() => _store.Load("prod")).Message, StringComparison.Ordinal);
        Assert.Contains("others can write", Engine.AssertInvalid(() => ProviderCatalog.ReadOwn(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_ManyAtOnce_LeaveOneWholeFile()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(number => Task.Run(() =>
        {
            _store.Save(Named("prod") with { Model = new string('x', number * 1000) + number }, overwrite: true);
            Assert.Equal("prod", _store.Load("prod").Name);
        })));

        Assert.Equal(["prod.json"], Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)));
        Assert.StartsWith("https", _store.Load("prod").BaseUri.AbsoluteUri, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_Profile_IsGone()
    {
        _store.Save(Named("prod"), overwrite: false);

        _store.Remove("PROD");

        Assert.Empty(_store.Names);
    }

    private static ConnectionProfile Named(string name) => new() { Name = name, BaseUri = new Uri("https://api.example.com/v1") };
}
