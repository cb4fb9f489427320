using System.Management.Automation;

namespace ChatPS.Pipeline;

/// <summary>Marks answers for the view that fits them: module/views. The mark is a name of the type; the object is the same.</summary>
internal static class AnswerView
{
    /// <summary>The only answer of a command: it reads as text.</summary>
    public const string Single = "Single";

    /// <summary>An answer whose text has been written while it came.</summary>
    public const string Shown = "Shown";

    /// <summary>An answer that is nothing but a text to be kept, such as subtitles.</summary>
    public const string Text = "Text";

    public static PSObject Mark(object answer, string mark)
    {
        PSObject marked = PSObject.AsPSObject(answer);
        marked.TypeNames.Insert(0, marked.TypeNames[0] + "#" + mark);
        return marked;
    }
}
