namespace ChatPS.HelpBuilder;

/// <summary>One gap in the help, printed so that MSBuild and editors find the place.</summary>
internal sealed record HelpError(string Path, int Line, string Code, string Message)
{
    public override string ToString() => $"{Path}({Line}): error {Code}: {Message}";
}
