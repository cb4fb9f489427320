using ChatPS.Client.Similarity;

namespace ChatPS.Commands;

/// <summary>What commands that read files of vectors have in common.</summary>
internal static class StoredVectors
{
    public static string? ModelOf(VectorFile file) => file.Model.Length > 0 ? file.Model : null;

    public static void WarnOfTornEnd(VectorFile file, Action<string> warn)
    {
        if (file.TornBytes > 0)
        {
            warn(FormattableString.Invariant($"The last block of '{file.Path}' was not finished and is left out; the {file.Count} vectors before it are whole. Export-ChatEmbedding -Append goes on behind them."));
        }
    }
}
