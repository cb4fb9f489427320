namespace ChatPS.ModuleBuilder.Tests;

internal static class Samples
{
    public const string Directory = "docs";

    public const string Path = "docs/Test-Sample.md";

    /// <summary>A page without a gap for <see cref="SampleCommand"/>.</summary>
    public const string Page =
        """
        # Test-Sample

        ## SYNOPSIS

        Tests a `*sample*` of the **goods**.

        ## SYNTAX

        ```powershell
        Test-Sample [-Name] <String[]>
        ```

        ## DESCRIPTION

        The first paragraph
        runs over two lines.

        - one item
        - another, see [the guide](../guide.md) or [the site](https://example.com/a)

        ## EXAMPLES

        ### Example 1: By name

        ```powershell
        # Not a heading
        Test-Sample a*
        ```

        Finds those that begin with an a.

        ### Example 2: By number

        ```powershell
        Test-Sample -Id 5
        ```

        ## PARAMETERS

        ### -Name

        The name. Wildcards are allowed.

        ```yaml
        Type: String[]
        ```

        ### -Id

        The number.

        ### -Effort

        How hard it tries.

        ### -Day

        The day.

        ### -Body

        More fields.

        ### -Quiet

        Answers with true or false.

        ## INPUTS

        ### System.String

        A name.

        ## OUTPUTS

        ### Sample.Answer

        The answer.

        ## NOTES

        Mind the goods.

        ## RELATED LINKS

        - [Get-Sample](Get-Sample.md)
        - [The site](https://example.com/a)
        """;

    public static CmdletDeclaration Cmdlet { get; } = CmdletReader.Read([typeof(SampleCommand)])[0];

    public static HelpPage Read(string page = Page) => HelpPageReader.Read(Path, page);
}
