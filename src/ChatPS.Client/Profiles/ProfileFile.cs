using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ChatPS.Client.Connections;
using ChatPS.Client.Faults;
using ChatPS.Client.Json;
using ChatPS.Secrecy;

namespace ChatPS.Client.Profiles;

/// <summary>The form of profiles in files.</summary>
internal static class ProfileFile
{
    private const string Format = "chatps-connection";
    private const int Version = 1;

    // People read it, and it is no part of a web page.
    private static readonly JsonWriterOptions Writing = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(ConnectionProfile profile)
    {
        JsonElement options = JsonSerializer.SerializeToElement(profile, ProfileJson.Default.ConnectionProfile);
        return Encoding.UTF8.GetString(Members(options, writer =>
        {
            writer.WriteString("format", Format);
            writer.WriteNumber("version", Version);
            if (profile.HasKey)
            {
                // A key that was given as a value leaves an empty object: the profile knows that one is needed.
                writer.WritePropertyName("key");
                JsonSerializer.Serialize(writer, profile.Key ?? new KeyOrigin(), ProfileJson.Default.KeyOrigin);
            }
        })) + "\n";
    }

    /// <summary>Reads a profile.</summary>
    /// <param name="json">The text of the file.</param>
    /// <param name="name">The name of the file without its ending.</param>
    /// <param name="path">The path of the file, for errors.</param>
    /// <returns>The profile.</returns>
    /// <exception cref="ChatServiceException">It is no profile; the error says why.</exception>
    public static ConnectionProfile Read(string json, string name, string path)
    {
        using JsonDocument file = PlainJsonReader.Parse(json, out string? error) ?? throw Wrong(path, error!);
        JsonElement root = file.RootElement;
        if (root.ValueKind != JsonValueKind.Object || Member("format") is not { ValueKind: JsonValueKind.String } format || format.GetString() != Format
            || Member("version") is not { ValueKind: JsonValueKind.Number } version || !version.TryGetInt32(out int number))
        {
            throw Wrong(path, "it is no profile of ChatPS.");
        }

        if (number > Version)
        {
            throw Failures.Invalid(FormattableString.Invariant($"The profile '{path}' was written by a newer ChatPS (format {number}; this one knows {Version})."), "Update ChatPS.");
        }

        if (Member("baseUri") is null)
        {
            throw Wrong(path, "it has no baseUri.");
        }

        ConnectionProfile profile = Convert(Members(root), ProfileJson.Default.ConnectionProfile, path);
        if (profile.BaseUri.Scheme is not ("http" or "https"))
        {
            throw Wrong(path, "baseUri is not an HTTP address.");
        }

        if (profile.BaseUri.UserInfo.Length > 0 || !ReferenceEquals(SecretText.Mask(profile.BaseUri.Query), profile.BaseUri.Query))
        {
            throw Wrong(path, "baseUri holds a name and password, or a key.", "Take them out of the address, and connect with -ApiKeyVariable or -SecretName; save the connection again.");
        }

        if (profile.Proxy is { UserInfo.Length: > 0 })
        {
            throw Wrong(path, "proxy holds a name and password.", "Take them out of the address, and give them each time with -ProxyCredential.");
        }

        if (profile.ProxyBypass.Any(host => host is null))
        {
            throw Wrong(path, "proxyBypass is not a list of texts.");
        }

        KeyOrigin? key = Member("key") is not { } origin ? null
            : origin.ValueKind == JsonValueKind.Object ? Convert(Members(origin), ProfileJson.Default.KeyOrigin, path)
            : throw Wrong(path, "key is not an object.");
        return profile with
        {
            Name = name,
            HasKey = key is not null,
            Key = key is { Variable: null, SecretName: null, Script: null, Identity: null } ? null : key,
            AdditionalHeader = profile.AdditionalHeader.ToDictionary(header => header.Key, header => header.Value ?? "", StringComparer.OrdinalIgnoreCase),
        };

        JsonElement? Member(string member) => root.TryGetProperty(member, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private static T Convert<T>(byte[] json, JsonTypeInfo<T> type, string path)
    {
        try
        {
            return JsonSerializer.Deserialize(json, type)!;
        }
        catch (JsonException exception)
        {
            string member = exception.Path!.Split('.', '[')[1];
            throw Wrong(path, $"{member} is not {Form(type.Properties.First(property => property.Name == member).PropertyType)}.");
        }
    }

    private static string Form(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(bool) ? "true or false"
        : type == typeof(Uri) ? "an address"
        : type == typeof(System.Version) ? "a version"
        : type == typeof(IReadOnlyList<string>) ? "a list of texts"
        : type == typeof(IdentityOrigin) ? "an object of texts"
        : type == typeof(IReadOnlyDictionary<string, string>) ? "an object of texts"
        : "a number";

    // A null says no more than a member that is not there.
    private static byte[] Members(JsonElement from, Action<Utf8JsonWriter>? writeFirst = null)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream, Writing))
        {
            writer.WriteStartObject();
            writeFirst?.Invoke(writer);
            foreach (JsonProperty member in from.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null))
            {
                member.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    private static ChatServiceException Wrong(string path, string what, string? advice = null) =>
        Failures.Invalid($"The profile '{path}' cannot be used: {what}", advice ?? "Correct the file, or remove it with Remove-ChatConnection and save the connection again.");
}
