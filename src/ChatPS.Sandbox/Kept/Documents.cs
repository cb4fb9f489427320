using ChatPS.Sandbox.Play;

namespace ChatPS.Sandbox.Kept;

/// <summary>Vector stores and the files in them. A file can be searched once it was looked at twice, unless its name says that it is broken.</summary>
internal sealed class Documents
{
    private const int Dimension = 256;

    /// <summary>The stores.</summary>
    public KeptStore Stores { get; } = new("vs_sandbox_");

    /// <summary>Their files.</summary>
    public KeptStore Files { get; } = new("file-sandbox-");

    /// <summary>Batches of files.</summary>
    public KeptStore Batches { get; } = new("vsfb_sandbox_");

    /// <summary>Searches stores.</summary>
    /// <param name="stores">Their ids.</param>
    /// <param name="query">What is searched for.</param>
    /// <param name="most">The most pieces.</param>
    /// <returns>The best pieces.</returns>
    public IReadOnlyList<(KeptThing File, string Text, double Score)> Search(IEnumerable<string> stores, string query, int most)
    {
        float[] wanted = TextVector.Of(query, Dimension);
        return
        [
            .. stores.SelectMany(store => Files.In(store))
                .Where(file => (string?)file.Shape["status"] is "completed")
                .SelectMany(file => file.Texts.Select(text => (File: file, Text: text, Score: Score(wanted, text))))
                .OrderByDescending(found => found.Score)
                .Take(most),
        ];
    }

    private static double Score(float[] wanted, string text) =>
        Math.Round(Math.Max(0, Math.Min(1, wanted.Zip(TextVector.Of(text, Dimension), static (a, b) => (double)a * b).Sum())), 4);
}
