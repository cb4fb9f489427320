using System.Globalization;
using System.Management.Automation;

namespace ChatPS.Conversion;

/// <summary>The objects of ours that stand for a text wherever one is asked for.</summary>
internal static class OwnText
{
    /// <summary>Finds the text of an object.</summary>
    /// <param name="bare">The object, out of its wrapping.</param>
    /// <returns>The text; null for any other object.</returns>
    public static string? Of(object? bare) => bare switch
    {
        ChatTextCompletion completion => completion.Text,
        ChatTextPiece piece => piece.Text,
        ChatEmbedding embedding => embedding.Text,
        ChatSimilarText similar => new TextPlace(similar.Source, similar.Line, similar.Heading).Above(similar.Text),
        ChatRerankResult ranked => TextPlace.Of(ranked.Input).Above(ranked.Text),
        PSObject gone when Deserialized.Is<ChatRerankResult>(gone) => TextPlace.Of(gone.Properties[nameof(ChatRerankResult.Input)]?.Value).Above(PlainObject.Text(gone.Properties[nameof(ChatRerankResult.Text)]?.Value)),
        PSObject gone when Deserialized.Is<ChatSimilarText>(gone) => TextPlace.Of(gone).Above(PlainObject.Text(gone.Properties[nameof(ChatSimilarText.Text)]?.Value)),
        PSObject gone when Deserialized.Is<ChatTextPiece>(gone) || Deserialized.Is<ChatEmbedding>(gone) => PlainObject.Text(gone.Properties[nameof(ChatTextPiece.Text)]?.Value),
        PSObject gone when Deserialized.Is<ChatTextCompletion>(gone) => PlainObject.Text(gone.Properties[nameof(ChatTextCompletion.Text)]?.Value),
        ChatTranscript transcript => transcript.ToString(),
        PSObject gone when Deserialized.Is<ChatTranscript>(gone) => gone.ToString(null, CultureInfo.InvariantCulture),
        _ => null,
    };
}
