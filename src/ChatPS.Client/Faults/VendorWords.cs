using System.Text.Json;

namespace ChatPS.Client.Faults;

/// <summary>
/// What vendors call the failures that all of them have: the rows of <c>VendorWords.json</c>, in their order. The first that
/// fits counts, so what is particular stands before what is general.
/// </summary>
internal static class VendorWords
{
    /// <summary>The service has no such endpoint: told apart from a model that it has not.</summary>
    public const string NoEndpoint = nameof(NoEndpoint);

    // Read when the first failure is looked at: most runs have none.
    private static readonly Lazy<IReadOnlyList<VendorWord>> Rows = new(Read);

    /// <summary>Finds what a failure means.</summary>
    /// <param name="said">What the service said.</param>
    /// <returns>One of <see cref="ErrorIds"/>, or <see cref="NoEndpoint"/>; null where no vendor's words fit.</returns>
    public static string? Find(SaidFailure said)
    {
        foreach (VendorWord row in Rows.Value)
        {
            if (row.Fits(said))
            {
                return row.Means;
            }
        }

        return null;
    }

    private static List<VendorWord> Read()
    {
        using Stream stream = typeof(VendorWords).Assembly.GetManifestResourceStream("VendorWords.json")!;
        using JsonDocument document = JsonDocument.Parse(stream);
        List<VendorWord> rows = [];
        foreach (JsonElement vendor in document.RootElement.EnumerateArray())
        {
            string[] seen = Texts(vendor, "seen");
            foreach (JsonElement row in vendor.GetProperty("words").EnumerateArray())
            {
                string status = row.TryGetProperty("status", out JsonElement given) ? given.GetString()! : "";
                rows.Add(new VendorWord(row.GetProperty("means").GetString()!, seen, StatusRange.Parse(status), Texts(row, "codes"), Texts(row, "words")));
            }
        }

        return rows;
    }

    private static string[] Texts(JsonElement row, string name)
    {
        if (!row.TryGetProperty(name, out JsonElement list))
        {
            return [];
        }

        string[] texts = new string[list.GetArrayLength()];
        for (int i = 0; i < texts.Length; i++)
        {
            texts[i] = list[i].GetString()!;
        }

        return texts;
    }
}
