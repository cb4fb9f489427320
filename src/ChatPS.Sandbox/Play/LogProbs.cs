using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChatPS.Sandbox.Play;

/// <summary>Log probabilities: made up, but the same for the same token.</summary>
internal static class LogProbs
{
    /// <summary>The log probability of a token, between -0.01 and -0.09; an alternative of rank r has 1 less for each rank.</summary>
    public static decimal Of(string token, int rank = 0) => (-(1 + (token.Length % 9)) / 100m) - rank;

    /// <summary>The token itself at rank 0, made-up ones below it.</summary>
    public static string Alternative(string token, int rank) =>
        rank == 0 ? token : string.Format(CultureInfo.InvariantCulture, "{0}~{1}", token, rank);

    /// <summary>Writes the "logprobs" member of a chat choice.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="top">How many alternatives each has.</param>
    /// <param name="first">The first token and its alternatives, where it was chosen among some.</param>
    public static void WriteChat(Utf8JsonWriter json, IEnumerable<string> tokens, int top, IReadOnlyList<(string Token, decimal LogProb)>? first = null)
    {
        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("content"u8);
        foreach (string token in tokens)
        {
            IReadOnlyList<(string Token, decimal LogProb)> ranked = first ?? [.. Enumerable.Range(0, Math.Max(1, top)).Select(rank => (Alternative(token, rank), Of(token, rank)))];
            first = null;
            json.WriteStartObject();
            WriteToken(json, ranked[0]);
            json.WriteStartArray("top_logprobs"u8);
            foreach ((string Token, decimal LogProb) each in ranked.Take(top))
            {
                json.WriteStartObject();
                WriteToken(json, each);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteNull("refusal"u8);
        json.WriteEndObject();
    }

    /// <summary>Writes the "logprobs" member of a text choice.</summary>
    /// <param name="json">Where to write.</param>
    /// <param name="tokens">The tokens.</param>
    /// <param name="top">How many alternatives each has.</param>
    /// <param name="offset">Where the first token begins in the text.</param>
    public static void WriteText(Utf8JsonWriter json, IReadOnlyList<string> tokens, int top, int offset)
    {
        json.WriteStartObject("logprobs"u8);
        json.WriteStartArray("tokens"u8);
        foreach (string token in tokens)
        {
            json.WriteStringValue(token);
        }

        json.WriteEndArray();
        json.WriteStartArray("token_logprobs"u8);
        foreach (string token in tokens)
        {
            json.WriteNumberValue(Of(token));
        }

        json.WriteEndArray();
        json.WriteStartArray("top_logprobs"u8);
        foreach (string token in tokens)
        {
            json.WriteStartObject();
            for (int rank = 0; rank < top; rank++)
            {
                json.WriteNumber(Alternative(token, rank), Of(token, rank));
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("text_offset"u8);
        foreach (string token in tokens)
        {
            json.WriteNumberValue(offset);
            offset += token.Length;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteToken(Utf8JsonWriter json, (string Token, decimal LogProb) token)
    {
        json.WriteString("token"u8, token.Token);
        json.WriteNumber("logprob"u8, token.LogProb);
        json.WriteStartArray("bytes"u8);
        foreach (byte b in Encoding.UTF8.GetBytes(token.Token))
        {
            json.WriteNumberValue(b);
        }

        json.WriteEndArray();
    }
}
