BeforeAll {
    . $PSScriptRoot/common.ps1
}

AfterAll {
    Clear-Test
}

Describe 'Measure-ChatToken' {
    BeforeEach {
        Connect-TestSandbox -Connection @{ Dialect = 'Responses' }
    }

    It 'counts a prompt, and asks no model' {
        $count = Measure-ChatToken 'one two three'
        $count | Should -BeOfType ChatPS.ChatTokenCount
        $count.InputTokens | Should -Be 3
        $count.Model | Should -Be 'sandbox-mini'
        "$count" | Should -Be '3'
        (Get-TestRequest).Path | Should -Be '/v1/responses/input_tokens'
    }

    It 'counts each item of a pipeline, in order' {
        $counts = 'one', 'one two' | Measure-ChatToken
        $counts.InputTokens | Should -Be 1, 2
        $counts.Input | Should -Be 'one', 'one two'
        $counts.Index | Should -Be 0, 1
        ('a b' | Measure-ChatToken -Prompt 'About').InputTokens | Should -Be 3
    }

    It 'counts a conversation and its instructions' {
        $answer = Invoke-ChatCompletion 'one' -System 'Be brief'
        ($answer | Measure-ChatToken 'two').InputTokens | Should -BeGreaterThan 5
        (Measure-ChatToken -Message 'one', (New-ChatMessage 'two' -Role assistant), 'three' -System 'Be brief').InputTokens | Should -Be 5
        (Measure-ChatToken 'two' -PreviousResponseId $answer.Id).InputTokens | Should -BeGreaterThan 3
    }

    It 'sends the tools along' {
        $null = Measure-ChatToken hi -Tool (New-ChatTool -Name lookup -ScriptBlock { param([string] $Name) $Name }) -BuiltInTool web_search -ConversationId conv_1 -Model other
        (Get-TestBody).tools.type | Should -Be 'function', 'web_search'
        Get-TestMember conversation | Should -BeExactly '"conv_1"'
        Get-TestMember model | Should -BeExactly '"other"'
    }

    It 'counts images and files' {
        $png = [Convert]::FromBase64String('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==')
        (Measure-ChatToken 'What?' -Image $png).InputTokens | Should -BeGreaterThan 80
        $file = Join-Path $TestDrive 'note.txt'
        Set-Content $file 'a b c d'
        (Measure-ChatToken 'What?' -Attachment $file).InputTokens | Should -BeGreaterThan 5
    }

    It 'works over a connection of the dialect OpenAI' {
        Connect-ChatService (Get-ChatConnection Test).BaseUri -Name Plain -Model sandbox-mini
        (Measure-ChatToken 'one two' -Connection Plain).InputTokens | Should -Be 2
        Disconnect-ChatService Plain
    }

    It 'reports a bad item, and goes on' {
        $counts = 'one', '', 'two' | Measure-ChatToken -ErrorAction SilentlyContinue -ErrorVariable failure
        $counts.InputTokens | Should -Be 1, 1
        $failure.Count | Should -Be 1
        (Get-Failure { Measure-ChatToken }).FullyQualifiedErrorId | Should -BeLike 'InvalidRequest,*'
    }

    It 'estimates where the service does not count, and says so once' {
        Connect-TestSandbox @{ Response = @{ Path = '/v1/responses/input_tokens'; StatusCode = 404; Response = @{ detail = 'Not Found' } } }
        $counts = 'The quick brown fox jumps over the lazy dog.', (-join [char[]](0x7ED9, 0x6211, 0x8BB2, 0x4E00, 0x4E2A, 0x7B11, 0x8BDD, 0x5427)) | Measure-ChatToken -WarningVariable said -WarningAction SilentlyContinue
        $counts.Estimated | Should -Be $true, $true
        $counts[0].InputTokens | Should -BeIn (8..18)
        $counts[1].InputTokens | Should -BeIn (6..16)
        @($said).Count | Should -Be 1
        "$said" | Should -BeLike '*does not count tokens: the numbers are estimates*'
        ($counts[0] | Format-Table | Out-String) | Should -BeLike "*~$($counts[0].InputTokens)*"
        @(Get-TestRequest).Count | Should -BeLessOrEqual 1
        $counts.Index | Should -Be 0, 1
    }

    It 'counts over the dialect <Dialect>' -ForEach @(
        @{ Dialect = 'Anthropic'; Path = '*/messages/count_tokens' }
        @{ Dialect = 'Gemini'; Path = '*/models/sandbox-mini:countTokens' }
    ) {
        Connect-TestSandbox -Connection @{ Dialect = $Dialect }
        $count = Measure-ChatToken 'one two three'
        $count.Estimated | Should -BeFalse
        $count.InputTokens | Should -Be 3
        (Get-TestRequest).Path | Should -BeLike $Path
    }

    It 'estimates over the dialect <_>, and sends nothing' -ForEach 'Envelope' {
        Connect-TestSandbox -Connection @{ Dialect = $_ }
        $count = Measure-ChatToken 'one two three' -WarningAction SilentlyContinue
        $count.Estimated | Should -BeTrue
        $count.InputTokens | Should -BeIn (3..12)
        @(Get-TestRequest).Count | Should -Be 0
    }

    It 'does not call a count an estimate' {
        (Measure-ChatToken 'one two').Estimated | Should -BeFalse
    }
}
