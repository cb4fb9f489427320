using System.Collections;
using ChatPS.Client.Faults;
using ChatPS.Client.Files;

namespace ChatPS.Prompts;

/// <summary>A prompt that was written to a file, with parameters above it.</summary>
internal sealed class PromptFile
{
    private PromptFile(string text, PromptSource source, FrontMatter matter)
    {
        Text = text;
        Source = source;
        Settings = matter.Entries;
        Prompt = PromptTemplate.Parse(matter.Body.Trim('\n', ' ', '\t'), source, matter.BodyLine + matter.Body.TakeWhile(char.IsWhiteSpace).Count(c => c == '\n'));
    }

    /// <summary>Gets the whole text.</summary>
    public string Text { get; }

    public PromptSource Source { get; }

    /// <summary>Gets the parameters.</summary>
    public IReadOnlyList<FrontMatterEntry> Settings { get; }

    public PromptTemplate Prompt { get; }

    /// <summary>Gets or sets the instructions.</summary>
    public PromptTemplate? System { get; set; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The full path.</param>
    /// <returns>What is in it.</returns>
    /// <exception cref="ChatServiceException">It cannot be read or understood; it says in which line.</exception>
    public static PromptFile Load(string path)
    {
        try
        {
            return Parse(TextFile.Read(path), Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Failures.Invalid($"-PromptFile: '{path}' cannot be read: {exception.Message}", "Give -PromptFile the path of a text file.", exception);
        }
    }

    public static PromptFile Parse(string text, string name)
    {
        string lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
        PromptSource source = new($"-PromptFile '{name}'");
        FrontMatter matter = FrontMatter.Read(lines, source);
        return string.IsNullOrWhiteSpace(matter.Body)
            ? throw source.Fail(matter.BodyLine, "there is no prompt.", "Write it below the front matter.")
            : new PromptFile(lines, source, matter);
    }

    /// <summary>Puts the values in their places.</summary>
    /// <param name="variables">The variables; null for none.</param>
    /// <param name="items">What was piped; null for nothing.</param>
    /// <returns>The prompt.</returns>
    /// <exception cref="ChatServiceException">A value is missing; it says which and where.</exception>
    public FilledPrompt Fill(IDictionary? variables, IReadOnlyList<object?>? items)
    {
        PromptValues values = new(variables, items);
        string prompt = Prompt.Fill(values.Find);
        return new FilledPrompt(prompt, System?.Fill(values.Find), values.UsesItem);
    }
}
