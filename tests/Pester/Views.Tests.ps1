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
        ((& $Script | Out-String -Width 120) -split "`r?`n").Where{ $_.Trim() }
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
        $lines | ForEach-Object { $_.Length } | Should -BeLessOrEqual 120
    }

    It 'wraps a long answer instead of cutting it' {
        $text = (Get-View { Invoke-ChatCompletion ('word ' * 60).Trim() }) -join '' -replace '\s'
        [regex]::Matches($text, 'word').Count | Should -Be 60
    }

    It 'is the same for objects that come from a job' {
        $copy = [Management.Automation.PSSerializer]::Deserialize([Management.Automation.PSSerializer]::Serialize((Invoke-ChatCompletion hi)))
        (Get-View { $copy })[0] | Should -BeLike 'FinishReason *Tokens *Seconds *Model *Text*'
        (Get-View { $copy })[2] | Should -BeLike 'stop*You said: hi*'
    }

    It 'is as wide as the window allows' {
        { Get-ChatModel | Out-String -Width 40 } | Should -Not -Throw
        (Invoke-ChatCompletion hi | Out-String -Width 60) | Should -BeLike '*You said: hi*'
    }
}
