BeforeDiscovery {
    # A file for each family of objects.
    $samples = Get-ChildItem (Join-Path $PSScriptRoot 'Views/*.ps1') | Sort-Object Name | ForEach-Object { & $_.FullName }
}

BeforeAll {
    . $PSScriptRoot/common.ps1
    if (Get-Variable PSStyle -ErrorAction Ignore) {
        $rendering = $PSStyle.OutputRendering
        $PSStyle.OutputRendering = 'PlainText'
    }

    Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' }

    # The lines that a user sees of an object.
    function Get-View([scriptblock] $Script) {
        ((& $Script | Out-String -Width 80) -split "`r?`n").Where{ $_.Trim() }
    }
}

AfterAll {
    if (Get-Variable rendering -ErrorAction Ignore) {
        $PSStyle.OutputRendering = $rendering
    }

    Clear-Test
}

Describe 'The view' {
    It 'of <What> is a table that reads well' -ForEach $samples {
        $lines = Get-View $Script
        ($lines[0] -split '\s+').Where{ $_ } -join ' ' | Should -BeExactly $Header
        $lines[1] | Should -Match '^[- ]+$'
        $lines[2].Trim() | Should -BeLike $Row
        $lines | ForEach-Object { $_.Length } | Should -BeLessOrEqual 80
    }

    It 'wraps a long answer instead of cutting it' {
        $text = (Get-View { ('word ' * 60).Trim(), 'b' | Invoke-ChatCompletion }) -join '' -replace '\s'
        [regex]::Matches($text, 'word').Count | Should -Be 60
    }

    It 'is the same for objects that come from a job' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Invoke-ChatCompletion hi)))
        $copies = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize(('a', 'b' | Invoke-ChatCompletion)))
        (Get-View { $copy })[0] | Should -BeLike 'You said: hi*'
        (Get-View { $copies })[0] | Should -BeLike '*Index *Model *Tokens *Seconds *Text*'
        (Get-View { $copies })[2] | Should -BeLike '*0 *You said: a*'
    }

    It 'is as wide as the window allows' {
        { Get-ChatModel | Out-String -Width 40 } | Should -Not -Throw
        (Invoke-ChatCompletion hi | Out-String -Width 60) | Should -BeLike '*You said: hi*'
    }
}

Describe 'An answer on the screen' {
    It '<What> alone is its text and one line of facts' -ForEach @(
        @{ What = 'for a prompt'; Script = { Invoke-ChatCompletion hi }; Facts = '^sandbox-mini \W 5 tokens \W \d+\.\d s$' }
        @{ What = 'for one piped item'; Script = { Connect-TestSandbox @{ LatencyMs = 100 } @{ ApiKey = 'sk-test-1' }; 'hi' | Invoke-ChatCompletion }; Facts = '^sandbox-mini \W 5 tokens \W \d+\.\d s$' }
        @{ What = 'of the older endpoint'; Script = { Invoke-ChatTextCompletion hi }; Facts = '^sandbox-mini \W 5 tokens \W \d+\.\d s$' }
        @{ What = 'that has its price'; Script = { Invoke-ChatCompletion hi -PriceTable @{ 'sandbox-mini' = @{ Input = 0.15; Output = 0.6 } } }; Facts = '^sandbox-mini \W 5 tokens \W cost 0\.00000255 \W' }
    ) {
        $lines = @(Get-View $Script)
        $lines[0] | Should -BeExactly 'You said: hi'
        $lines[1] | Should -Match $Facts
        $lines.Count | Should -Be 2
    }

    It 'keeps its lines, and breaks long ones between words at the edge of the window' {
        $lines = @(Get-View { Invoke-ChatCompletion "if (x) {`n    y`n}`n$('word ' * 40)" })
        $lines[0..2] | Should -BeExactly 'You said: if (x) {', '    y', '}'
        $lines | ForEach-Object { $_.Length } | Should -BeLessOrEqual 80
        ($lines[3..5] -join ' ').Trim() -split '\s+' | Select-Object -Unique | Should -BeExactly 'word'
    }

    It 'says why it ended, where it did not end by itself' {
        @(Get-View { Invoke-ChatCompletion 'one two three' -MaxTokens 1 })[-1] | Should -BeLike '*length'
    }

    It 'shows all choices where several were asked for' {
        (Get-View { Invoke-ChatCompletion hi -N 2 })[0, 1] | Should -BeExactly 'You said: hi', 'You said: hi (choice 2)'
    }

    It 'is not written again where -Show has written it' {
        $lines = @(Get-View { Invoke-ChatCompletion hi -Show 6>$null })
        $lines.Count | Should -Be 1
        $lines[0] | Should -Match 'tokens'
    }

    It 'is still a table or a list for who wants one' {
        (Get-View { Invoke-ChatCompletion hi | Format-Table })[0] | Should -BeLike '*Index *Model *Tokens *Seconds *Text*'
        (Get-View { Invoke-ChatCompletion hi | Format-List })[0] | Should -BeLike 'Text *: You said: hi'
    }

    It 'shows its default properties among other objects' {
        $lines = Get-View { Get-Date; Invoke-ChatCompletion hi; 'a', 'b' | Invoke-ChatCompletion }
        @($lines -match '^Text +: You said').Count | Should -Be 3
        $lines -match '^(Raw|Messages|Choices)' | Should -BeNullOrEmpty
    }
}

Describe 'Text of a model or a server on the screen' {
    BeforeAll {
        $tag = [char]::ConvertFromUtf32(0xE0041)
        $esc = [char]27
        $evil = "a$esc]52;c;ZWNobw==$([char]7)b$([char]0x9b)31m$($tag)c$([char]0x202e)d"
        $steering = '[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]|\uDB40'
    }

    It 'steers no terminal in <What>' -ForEach @(
        @{ What = 'an answer'; Script = { Invoke-ChatCompletion $evil } }
        @{ What = 'a table of answers'; Script = { $evil, $evil | Invoke-ChatCompletion } }
        @{ What = 'a list'; Script = { Invoke-ChatCompletion $evil | Format-List } }
        @{ What = 'a message'; Script = { (Invoke-ChatCompletion $evil).Message } }
        @{ What = 'a choice'; Script = { (Invoke-ChatCompletion $evil).Choices } }
        @{ What = 'a moderation'; Script = { Test-ChatModeration $evil } }
        @{ What = 'pieces'; Script = { Invoke-ChatCompletion $evil -Stream } }
        @{ What = 'the record of a request'; Script = { $null = Invoke-ChatCompletion $evil; Get-ChatSandboxRequest | Select-Object -Last 1 } }
    ) {
        $text = & $Script | Out-String -Width 80
        $text | Should -Not -Match $steering
        $text | Should -Match ([char]0xFFFD)
    }

    It 'stays as it came in the object' {
        (Invoke-ChatCompletion $evil).Text | Should -BeExactly "You said: $evil"
    }

    It 'steers no terminal where -Show writes it' {
        $lines = Invoke-ChatCompletion $evil -Show 6>&1 | Where-Object { $_ -is [Management.Automation.InformationRecord] }
        "$lines" | Should -Not -Match $steering
    }

    It 'steers no terminal in an error, a warning or a verbose line' {
        $sandbox = Start-ChatSandbox Evil -Response @{ Prompt = '*'; StatusCode = 400; Response = "bad $evil" }
        Connect-ChatService $sandbox.BaseUri -Name Evil -Model sandbox-mini
        $streams = & { $evil | Invoke-ChatCompletion -Connection Evil -Verbose -ErrorAction Continue } *>&1
        Disconnect-ChatService Evil
        Connect-TestSandbox @{} @{ ApiKey = 'sk-test-1' }
        "$streams" | Should -Match 'bad a'
        $streams | ForEach-Object { "$_" } | Should -Not -Match $steering
        ($streams | Where-Object { $_ -is [Management.Automation.ErrorRecord] }).Exception.Message | Should -Not -Match $steering
    }
}
