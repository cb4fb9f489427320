using System.Text;
using ChatPS.Client.Connections;
using ChatPS.Secrecy;

namespace ChatPS.Client.Completions;

/// <summary>
/// Masks secrets in a text that comes in pieces, wherever it is cut. What may be the beginning of one waits for the next piece;
/// its first few letters, which give nothing away, do not.
/// </summary>
/// <param name="secrets">The secrets of the call.</param>
internal sealed class StreamMask(Secrets secrets)
{
    private const int Harmless = 3;

    // Which they are is known when the first piece comes, and finding out costs more than a piece.
    private string[]? _known;

    // The end of the text that may begin a secret, and how much of it has been given on.
    private string _end = "";
    private int _shown;

    /// <summary>Takes a piece.</summary>
    /// <param name="piece">The piece.</param>
    /// <returns>What may be shown by now.</returns>
    public string Take(string piece)
    {
        string[] known = _known ??= [.. secrets.Reveal().Where(secret => secret.Length > Harmless)];
        if (_end.Length == 0 && !MayBegin(piece, known))
        {
            return piece;
        }

        string text = _end + piece;
        int at = _shown;
        StringBuilder shown = new();
        while (First(text, at, known) is (var start, var length) && start >= 0)
        {
            shown.Append(text, at, Math.Max(0, start - at)).Append(SecretText.Masked);
            at = start + length;
        }

        int begins = Beginning(text, at, known);
        int end = text.Length - begins > Harmless ? Math.Max(at, begins + Harmless) : text.Length;
        shown.Append(text, at, end - at);
        _end = text.Substring(begins);
        _shown = end - begins;
        return shown.ToString();
    }

    /// <summary>Gives what still waits: no more will come.</summary>
    /// <returns>The rest of the text.</returns>
    public string Finish()
    {
        string rest = _end.Substring(_shown);
        _end = "";
        _shown = 0;
        return rest;
    }

    // Whether a secret stands in the piece, or begins at its end.
    private static bool MayBegin(string piece, string[] known)
    {
        foreach (string secret in known)
        {
            for (int at = piece.IndexOf(secret[0]); at >= 0; at = piece.IndexOf(secret[0], at + 1))
            {
                if (string.CompareOrdinal(piece, at, secret, 0, Math.Min(secret.Length, piece.Length - at)) == 0)
                {
                    return true;
                }
            }
        }

        return false;
    }

    // A secret of which not all has been given on, wherever it begins.
    private static (int Start, int Length) First(string text, int from, string[] known)
    {
        (int Start, int Length) first = (-1, 0);
        foreach (string secret in known)
        {
            int start = text.IndexOf(secret, Math.Max(0, from - Harmless), StringComparison.Ordinal);
            if (start >= 0 && start + secret.Length > from && (first.Start < 0 || start < first.Start))
            {
                first = (start, secret.Length);
            }
        }

        return first;
    }

    // Where the longest end of the text begins that a secret begins with.
    private static int Beginning(string text, int from, string[] known)
    {
        int begins = text.Length;
        foreach (string secret in known)
        {
            for (int start = Math.Max(Math.Max(0, from - Harmless), text.Length - secret.Length + 1); start < begins; start++)
            {
                if (string.CompareOrdinal(text, start, secret, 0, text.Length - start) == 0)
                {
                    begins = start;
                    break;
                }
            }
        }

        return begins;
    }
}
