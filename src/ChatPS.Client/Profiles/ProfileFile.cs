using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using Members = System.Collections.Generic.List<System.Collections.Generic.KeyValuePair<string, object?>>;

namespace ChatPS.Client.Profiles;

/// <summary>The form of profiles in files.</summary>
internal static class ProfileFile
{
    private const string Format = "chatps-connection";
    private const int Version = 1;

    public static string Write(ConnectionProfile profile) => PlainJson.Write(
        Present(
            ("format", Format),
            ("version", Version),
            ("name", profile.Name),
            ("provider", profile.Provider),
            ("dialect", profile.Dialect),
            ("baseUri", profile.BaseUri.AbsoluteUri),
            ("apiVersion", profile.ApiVersion),
            ("keyHeader", profile.KeyHeader),
            ("key", profile.HasKey ? Key(profile.Key) : null),
            ("model", profile.Model),
            ("organization", profile.Organization),
            ("project", profile.Project),
            ("timeoutSec", profile.TimeoutSec),
            ("maxRetry", profile.MaxRetry),
            ("requestsPerMinute", profile.RequestsPerMinute),
            ("tokensPerMinute", profile.TokensPerMinute),
            ("additionalHeader", profile.AdditionalHeader.Count == 0 ? null : profile.AdditionalHeader.ToDictionary(header => header.Key, header => (object?)header.Value, StringComparer.OrdinalIgnoreCase)),
            ("allowInsecure", profile.AllowInsecure ? true : null),
            ("proxy", profile.Proxy?.AbsoluteUri),
            ("noProxy", profile.NoProxy ? true : null),
            ("proxyBypass", profile.ProxyBypass.Count == 0 ? null : profile.ProxyBypass),
            ("minimumTlsVersion", profile.MinimumTlsVersion),
            ("maxResponseSizeMB", profile.MaxResponseSizeMB),
            ("certificateAuthorityPath", profile.CertificateAuthorityPath)),
        "The profile",
        isIndented: true) + "\n";

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ChatServiceException">It is no profile; the error says why.</exception>
    public static ConnectionProfile Read(string json, string name, string path)
    {
        if (!PlainJsonReader.TryRead(json, out object? value, out string? error))
        {
            throw Wrong(path, error!);
        }

        if (value is not IReadOnlyDictionary<string, object?> file || !file.TryGetValue("format", out object? format) || format as string != Format || !file.TryGetValue("version", out object? version) || version is not int number)
        {
            throw Wrong(path, "it is no profile of ChatPS.");
        }

        if (number > Version)
        {
            throw Failures.Invalid(FormattableString.Invariant($"The profile '{path}' was written by a newer ChatPS (format {number}; this one knows {Version})."), "Update ChatPS.");
        }

        IReadOnlyDictionary<string, object?>? key = Part(file, "key");
        return new ConnectionProfile
        {
            Name = name,
            Provider = Text(file, "provider"),
            Dialect = Text(file, "dialect") ?? "OpenAI",
            BaseUri = Address("baseUri") ?? throw Wrong(path, "it has no baseUri."),
            ApiVersion = Text(file, "apiVersion"),
            KeyHeader = Text(file, "keyHeader"),
            HasKey = key is not null,
            Key = key is null ? null : Origin(key),
            Model = Text(file, "model"),
            Organization = Text(file, "organization"),
            Project = Text(file, "project"),
            TimeoutSec = Number(file, "timeoutSec"),
            MaxRetry = (int?)Number(file, "maxRetry"),
            RequestsPerMinute = (int?)Number(file, "requestsPerMinute"),
            TokensPerMinute = (int?)Number(file, "tokensPerMinute"),
            AdditionalHeader = Part(file, "additionalHeader") is { } headers
                ? headers.Keys.ToDictionary(header => header, header => Text(headers, header) ?? "", StringComparer.OrdinalIgnoreCase)
                : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            AllowInsecure = Flag("allowInsecure"),
            Proxy = Address("proxy"),
            NoProxy = Flag("noProxy"),
            ProxyBypass = Any(file, "proxyBypass") is not { } hosts ? [] : [.. (hosts as IReadOnlyList<object?> ?? throw Bad("proxyBypass", "a list")).Select(host => host as string ?? throw Bad("proxyBypass", "a list of texts"))],
            MinimumTlsVersion = System.Version.TryParse(Text(file, "minimumTlsVersion") ?? "1.2", out System.Version? tls) ? tls.ToString() : throw Bad("minimumTlsVersion", "a version"),
            MaxResponseSizeMB = (int?)Number(file, "maxResponseSizeMB"),
            CertificateAuthorityPath = Text(file, "certificateAuthorityPath"),
        };

        object? Any(IReadOnlyDictionary<string, object?> from, string member) => from.TryGetValue(member, out object? found) ? found : null;

        string? Text(IReadOnlyDictionary<string, object?> from, string member) => Any(from, member) is not { } found ? null : found as string ?? throw Bad(member, "text");

        bool Flag(string member) => Any(file, member) is { } found && (found as bool? ?? throw Bad(member, "true or false"));

        double? Number(IReadOnlyDictionary<string, object?> from, string member) => Any(from, member) switch
        {
            null => null,
            int whole => whole,
            double any => any,
            _ => throw Bad(member, "a number"),
        };

        IReadOnlyDictionary<string, object?>? Part(IReadOnlyDictionary<string, object?> from, string member) =>
            Any(from, member) is not { } found ? null : found as IReadOnlyDictionary<string, object?> ?? throw Bad(member, "an object");

        Uri? Address(string member) => Text(file, member) is not { } text ? null
            : Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https" ? uri
            : throw Bad(member, "an HTTP address");

        KeyOrigin? Origin(IReadOnlyDictionary<string, object?> from)
        {
            KeyOrigin origin = new() { Variable = Text(from, "variable"), SecretName = Text(from, "secretName"), VaultName = Text(from, "vaultName"), Script = Text(from, "script") };
            return origin is { Variable: null, SecretName: null, Script: null } ? null : origin;
        }

        ChatServiceException Bad(string member, string what) => Wrong(path, $"{member} is not {what}.");
    }

    // A key that was given as a value leaves an empty object: the profile knows that one is needed.
    private static Members Key(KeyOrigin? origin) => Present(("variable", origin?.Variable), ("secretName", origin?.SecretName), ("vaultName", origin?.VaultName), ("script", origin?.Script));

    private static Members Present(params (string Name, object? Value)[] members) =>
        [.. members.Where(member => member.Value is not null).Select(member => new KeyValuePair<string, object?>(member.Name, member.Value))];

    private static ChatServiceException Wrong(string path, string what) =>
        Failures.Invalid($"The profile '{path}' cannot be used: {what}", "Correct the file, or remove it with Remove-ChatConnection and save the connection again.");
}
